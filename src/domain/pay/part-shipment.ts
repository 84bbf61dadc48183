import { type Fen, formatYuan, multiply, ratio } from '#domain/money';
import { invalid } from '#domain/pay/problem';

/**
 * The amount of one shipment of an order: order amount × shipped ÷ ordered quantity, as the difference between what
 * has shipped after it and before it. So the parts add up to the whole, the last one with the remainder, and a return
 * (negative quantity) takes off what its shipment had added.
 *
 * Throws PayProblemFound when more would be shipped than was ordered: the order has to be changed first.
 */
export function shipmentAmount(order: {
  readonly no: string;
  readonly amountFen: Fen;
  readonly orderedQuantity: bigint;
  readonly shippedBefore: bigint;
  readonly shippedNow: bigint;
}): Fen {
  const { no, amountFen, orderedQuantity, shippedBefore, shippedNow } = order;
  const after = shippedBefore + shippedNow;
  if (orderedQuantity <= 0n || after > orderedQuantity || after < 0n) {
    throw invalid(
      `orders.${no}`,
      `订单 ${no}（${formatYuan(amountFen)} 元）订购 ${orderedQuantity}，累计出运 ${after}，请先改单`,
      `order ${no} of ${orderedQuantity} would have shipped ${after}; change the order first`,
    );
  }
  const upTo = (quantity: bigint) => multiply(amountFen, ratio(quantity, orderedQuantity));
  return upTo(after) - upTo(shippedBefore);
}
