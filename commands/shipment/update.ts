import { updateCommand } from '#commands/records/update';
import { shipment } from '#domain/records/kinds/shipment';

/** `/shipment update` (O10): a booking gets its cut-off, leaves, or is cancelled. */
export const updateShipment = updateCommand(shipment, {
  aliases: ['出货 更新', '出货 修改'],
  summary: { zh: '订舱补充、实际出货、取消订舱', en: 'complete a booking, ship it, cancel it' },
  example: { zh: '/出货 更新 SO-1001 已出货 数量=600件', en: '/shipment update SO-1001 shipped qty=600pcs' },
});
