/** What happened in a period, altogether or of one person, customer or factory. On time: by the first promise. */
export interface OrderFigures {
  /** Orders entered in the period, and their pieces. */
  entered: number;
  enteredQty: number;
  /** Orders delivered in the period, and how many of them on or before the first promise, and the one that stood. */
  delivered: number;
  deliveredQty: number;
  onTime: number;
  onTimeAgreed: number;
  cancelled: number;
  /** Pieces that left and that came back in the period, by the shipments. */
  shippedQty: number;
  returnedQty: number;
  /** Due in the period by the first promise and not delivered by its end. */
  missed: number;
}

/** How a factory worked over a period: by the plan, by the checks (O8), by what customers said afterwards (O12). */
export interface FactoryRecord {
  /** Stages done, how many of them later than planned, and by how many days on average. */
  stages: number;
  lateStages: number;
  lateDays: number;
  /** Changes of orders that the factory caused. */
  changes: number;
  /** Quality checks, how many of them failed, and what was found in the pieces that were looked at. */
  checks: number;
  failedChecks: number;
  sampled: number;
  defects: number;
  /** Claims about what it made. */
  claims: number;
}
