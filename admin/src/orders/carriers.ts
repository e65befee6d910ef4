import { lasting } from '@vitrine/client/storage';

const LAST = 'vitrine-admin-carrier';
const LINKS = 'vitrine-admin-carrier-links';
/** Where the tracking number stands in the link of a carrier. */
const NUMBER = '{number}';

/** Who carries parcels here, with the link where that is known. The others are learned from the first link typed. */
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

/** The carrier's page for this parcel; empty when nobody knows it yet. */
export function trackingLink({ carrier, trackingNumber }: Omit<Tracking, 'trackingUrl'>): string {
  const pattern = learned()[carrier.trim()] ?? KNOWN[carrier.trim()];
  const number = trackingNumber.trim();
  return pattern && number ? pattern.replace(NUMBER, encodeURIComponent(number)) : '';
}

/** The next parcel begins with this carrier, and with its kind of link. */
export function rememberCarrier(tracking: Tracking): void {
  if (tracking.carrier) lasting.set(LAST, tracking.carrier);
  learnLink(tracking);
}

/** A parcel with number and link tells how this carrier makes its links. */
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
