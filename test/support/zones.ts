/** Where what is due is tried: both sides of the date line, half an hour off, with and without summer time. */
export const ZONES = [
  'Pacific/Auckland',
  'Asia/Taipei',
  'Asia/Kolkata',
  'Europe/Berlin',
  'America/Los_Angeles',
];

/** A Monday; then the days on which the clocks of Berlin, Los Angeles and Auckland change. */
export const DAYS = [
  '2026-11-23',
  '2026-03-29',
  '2026-10-25',
  '2026-03-08',
  '2026-11-01',
  '2026-09-27',
  '2026-04-05',
];
