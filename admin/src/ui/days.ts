/** Midnight of a day such as "2026-03-28" where the person is, some days later if asked; null for anything else. */
export function startOfDay(day: string | undefined, plusDays: number): Date | null {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? '') ?? [];
  return year ? new Date(Number(year), Number(month) - 1, Number(date) + plusDays) : null;
}
