/** `12,800.50` for 1280050n fen. */
export function formatFen(fen: bigint): string {
  const digits = (fen < 0n ? -fen : fen).toString().padStart(3, '0');
  const yuan = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${fen < 0n ? '-' : ''}${yuan}.${digits.slice(-2)}`;
}
