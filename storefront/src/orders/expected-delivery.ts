/** The first and last expected delivery day; equal where only one is known. */
export interface ExpectedDelivery {
  from: Date;
  to: Date;
}

interface Promised {
  placedAt?: string | null;
  estimatedDaysMin?: number | null;
  estimatedDaysMax?: number | null;
}

/** Counted in working days from the order date; null when the shipping method has no delivery time. */
export function expectedDelivery({
  placedAt,
  estimatedDaysMin,
  estimatedDaysMax,
}: Promised): ExpectedDelivery | null {
  const slowest = estimatedDaysMax ?? estimatedDaysMin;
  if (!placedAt || slowest == null) return null;
  return {
    from: workingDaysAfter(placedAt, estimatedDaysMin ?? slowest),
    to: workingDaysAfter(placedAt, slowest),
  };
}

function workingDaysAfter(moment: string, days: number): Date {
  const day = new Date(moment);
  for (let left = days; left > 0;) {
    day.setUTCDate(day.getUTCDate() + 1);
    const isWeekend = day.getUTCDay() === 0 || day.getUTCDay() === 6;
    if (!isWeekend) left -= 1;
  }
  return day;
}
