import type { FileReply } from '#bot/bot';
import { sendCard } from '#bot/deliver';
import { noticeCard } from '#cards/notice-card';
import { recordAudit } from '#db/audit';
import type { Db } from '#db/client';
import { addIncidentFiles, findIncident } from '#db/incidents';
import { managersAbove } from '#db/people';
import { maySee } from '#domain/incident/incident';
import { say } from '#domain/text';

/**
 * Pictures and documents posted as a reply to an incident's card: evidence of either side. The answer goes to the private chat of who
 * posted them and names the incident by its number only.
 *
 * @returns false for whoever may not see the incident: they learn nothing, not even that there is one
 */
export async function fileWithIncident(
  tx: Db,
  { actor, messageId, attachments }: FileReply,
  incidentId: number,
  now: Date,
): Promise<boolean> {
  const incident = await findIncident(tx, incidentId);
  if (!incident || !maySee(actor, incident.personId, await managersAbove(tx, incident.personId))) return false;
  const added = await addIncidentFiles(
    tx,
    attachments.map(({ type, key, name }, at) => ({
      incidentId,
      type,
      key,
      name,
      by: actor.id,
      saidAt: now,
      recordedAt: now,
      eventId: `reply:${messageId}`,
      messageId,
      commandIndex: at,
    })),
  );
  await recordAudit(tx, {
    at: now,
    actor: actor.openId,
    via: 'file',
    command: 'incident files',
    subject: `incident:${incidentId}`,
    outcome: 'done',
    messageId,
    after: { files: added },
  });
  const filed = say(
    `${added} 个附件已归到考核事件 #${incidentId}`,
    added === 1
      ? `1 file was filed with incident #${incidentId}`
      : `${added} files were filed with incident #${incidentId}`,
  );
  await sendCard(
    tx,
    { to: { person: actor.openId } },
    noticeCard(filed, 'success', [
      { label: say('查看', 'Open'), action: { command: 'incident list', args: { incident: `${incidentId}` } } },
    ]),
    { now, subject: `incident:${incidentId}` },
  );
  return true;
}
