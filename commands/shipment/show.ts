import { showCommand } from '#commands/records/show';
import { shipment } from '#domain/records/kinds/shipment';

/** `/shipment show`: one shipment with its history. */
export const showShipment = showCommand(shipment, {
  aliases: ['出货 查看', '出货 详情'],
  summary: { zh: '查看一批出货', en: 'show a shipment' },
  example: { zh: '/出货 查看 #7', en: '/shipment show #7' },
});
