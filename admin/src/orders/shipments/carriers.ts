import { lasting } from '@vitrine/client/storage';

const LAST = 'vitrine-admin-carrier';
const LINKS = 'vitrine-admin-carrier-links';
/** The placeholder of the tracking number in a carrier's link. */
const NUMBER = '{number}';

/** Local carriers, with their tracking link where it is known. Other links are learned from the first one typed. */
const KNOWN: Record<string, string | null> = {
  'Fan Courier': null,
  Sameday: `https://sameday.ro/#awb=${NUMBER}`,
  Cargus: null,
  DPD: `https://tracking.dpd.ro/?shipmentNumber=${NUMBER}`,
  GLS: null,
  'Poșta Română': null,
  DHL: `https://www.dhl.com/en/express/tracking.html?AWB=${NUMBER}`,
  UPS: `https://www.ups.com/track?tracknum=${NUMBER}`,
  FedEx: `https://www.fedex.com/fedextrack/?trknbr=${NUMBER}`,
};

export interface Tracking {
  carrier: string;
  trackingNumber: string;
  trackingUrl: string;
}

export const carrierNames = (): string[] => [...new Set([...Object.keys(KNOWN), ...Object.keys(learned())])];

export const lastCarrier = (): string => lasting.get(LAST) ?? '';

/** The carrier's tracking page for this number; empty when it is unknown. */
export function trackingLink({ carrier, trackingNumber }: Omit<Tracking, 'trackingUrl'>): string {
  const pattern = learned()[carrier.trim()] ?? KNOWN[carrier.trim()];
  const number = trackingNumber.trim();
  return pattern && number ? pattern.replace(NUMBER, encodeURIComponent(number)) : '';
}

/** Stores this carrier as the default of the next shipment, and learns its link. */
export function rememberCarrier(tracking: Tracking): void {
  if (tracking.carrier) lasting.set(LAST, tracking.carrier);
  learnLink(tracking);
}

/** Derives the carrier's link template from a shipment with number and link. */
export function learnLink({ carrier, trackingNumber, trackingUrl }: Tracking): void {
  const number = encodeURIComponent(trackingNumber);
  if (!carrier || !number || !trackingUrl.includes(number)) return;
  const pattern = trackingUrl.replace(number, NUMBER);
  if (pattern !== KNOWN[carrier]) lasting.set(LINKS, JSON.stringify({ ...learned(), [carrier]: pattern }));
}

function learned(): Record<string, string> {
  try {
    const kept: unknown = JSON.parse(lasting.get(LINKS) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return {};
    return Object.fromEntries(Object.entries(kept).filter(([, pattern]) => typeof pattern === 'string'));
  } catch {
    return {};
  }
}
