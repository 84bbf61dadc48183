import { listCommand } from '#commands/records/list';
import { shipment } from '#domain/records/kinds/shipment';

/** `/shipment list`: what is booked; an order’s shipments against its quantity. */
export const listShipments = listCommand(
  shipment,
  {
    aliases: ['出货 列表', '出货 清单'],
    summary: { zh: '出货清单：已订舱的、某张订单的', en: 'shipments: booked ones, those of an order' },
    example: { zh: '/出货 列表 SO-1001', en: '/shipment list SO-1001' },
  },
  { add: 'order ship' },
);
