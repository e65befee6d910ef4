// One square picture per category: the middle of a product picture that is drawn anyway,
// because tracing the same still life twice for another shape would cost minutes.
const shows = {
  boluri: ['bol-mic-dejun', 'scene', 'crem'],
  'boluri-mici': ['trei-bolulete-sos', 'front', 'crem'],
  'boluri-adanci': ['bol-adanc-supa', 'above', 'negru'],
  'boluri-de-servire': ['bol-salata', 'above', 'verde'],
  'cani-si-cesti': ['cana-prag', 'scene', 'negru'],
  cani: ['cana-burta', 'front', 'miere'],
  'cesti-de-cafea': ['set-patru-cesti-espresso', 'scene', 'crem'],
  pahare: ['pahar-valea-vinului', 'front', 'miere'],
  farfurii: ['farfurie-intinsa', 'scene', 'crem'],
  'farfurii-de-masa': ['set-farfurii-patru-persoane', 'front', 'crem'],
  platouri: ['platou-oval', 'scene', 'albastru'],
  ceai: ['ceainic-rotund', 'scene', 'verde'],
  ceainice: ['ceainic-rotund', 'front', 'negru'],
  'accesorii-ceai': ['ulcior-izvor', 'scene', 'albastru'],
  casa: ['sfesnic-scund', 'scene', 'negru'],
  vaze: ['vaza-clopot', 'scene', 'miere'],
  'vaze-mici': ['vaza-mugur', 'scene', 'roz'],
  'lumina-si-parfum': ['vas-aromaterapie', 'front', 'crem'],
  ghivece: ['ghiveci-cu-farfurioara', 'front', 'crem'],
  textile: ['patura-de-lana', 'scene', 'natur'],
  masa: ['servete-de-in', 'folded', 'indigo'],
  prosoape: ['prosop-vafe', 'folded', 'natur'],
  'paturi-si-perne': ['husa-de-perna', 'scene', 'indigo'],
};

export const tiles = Object.fromEntries(
  Object.entries(shows).map(([slug, deps]) => [slug, `${deps.join('--')}.webp`]),
);
