/** One place of a file: this text, which stands there exactly once, and what stands there instead. */
export interface Edit {
  file: string;
  find: string;
  replace: string;
}

/** A fault of the kind that such a program has, put in on purpose to see whether somebody notices. */
export interface Plant {
  name: string;
  /** What it breaks, in one line. */
  breaks: string;
  edits: Edit[];
  /** Suites that have to find it beside the simulation; with the project that they run in. */
  suites: { project: 'unit' | 'embedded'; file: string; only?: string }[];
}

/**
 * Nothing of these is in the product: `GENDAN_PLANT=<name>` lets vitest put one in while it loads the file (see `plugin.ts`).
 * `npm run proof -- plants` plants each and writes `docs/proof-plants.md`.
 */
export const plants: readonly Plant[] = [
  {
    name: 'acknowledge-early',
    breaks: 'the platform hears 200 before the event is stored',
    edits: [
      {
        file: 'src/feishu/webhook.ts',
        find: 'const verdict = await intake.take(envelope, startedAt, () => answerLeft(c, clock));',
        replace: `const taking = intake.take(envelope, startedAt, () => answerLeft(c, clock));
      taking.catch(() => undefined);
      const verdict = envelope.type.startsWith('card.') ? await taking : ({ kind: 'taken', body: {} } as const);`,
      },
    ],
    suites: [{ project: 'unit', file: 'test/feishu/webhook.test.ts' }],
  },
  {
    name: 'no-deduplication',
    breaks: 'an event that is known is carried out again',
    edits: [
      {
        file: 'db/inbox.ts',
        find: "if (added.length > 0 || (await takeAgain(db, event, outcome, failed))) return 'new';",
        replace: "if (added.length >= 0 || (await takeAgain(db, event, outcome, failed))) return 'new';",
      },
    ],
    suites: [{ project: 'embedded', file: 'test/trust/once.db.test.ts', only: 'each event has one effect' }],
  },
  {
    name: 'no-uuid',
    breaks: 'messages are sent without the key under which the platform knows them again',
    edits: [
      {
        file: 'src/feishu/api.ts',
        find: "body: { receive_id: 'person' in to ? to.person : to.chat, ...wire(content), uuid },",
        replace: "body: { receive_id: 'person' in to ? to.person : to.chat, ...wire(content) },",
      },
      {
        file: 'src/feishu/api.ts',
        find: 'body: { ...wire(content), uuid, reply_in_thread: inThread },',
        replace: 'body: { ...wire(content), reply_in_thread: inThread },',
      },
    ],
    suites: [{ project: 'unit', file: 'test/feishu/api.test.ts' }],
  },
  {
    name: 'retry-as-new',
    breaks: 'each try of a message has a key of its own',
    edits: [
      {
        file: 'src/feishu/send-message.ts',
        find: '  const { job, uuid } = message;',
        replace: `  const { job, uuid: key, tries } = message;
  const uuid = \`\${key.slice(0, 36)}.\${tries}\`;`,
      },
    ],
    suites: [{ project: 'embedded', file: 'test/feishu/sender-doubt.db.test.ts' }],
  },
  {
    name: 'sent-before-sending',
    breaks: 'a message counts as sent as soon as somebody takes it up',
    edits: [
      {
        file: 'db/sending.ts',
        find: `      .set({
        leasedUntil: new Date(time + leaseMs),`,
        replace: `      .set({
        state: 'sent',
        leasedUntil: new Date(time + leaseMs),`,
      },
    ],
    suites: [{ project: 'embedded', file: 'test/feishu/sender-doubt.db.test.ts' }],
  },
  {
    name: 'sum-of-rounded-parts',
    breaks: 'a settlement adds up amounts that were rounded before',
    edits: [
      {
        file: 'src/domain/pay/settle.ts',
        find: '    totalFen: sumFen(lines.map(({ amountFen }) => amountFen)),\n',
        replace: '    totalFen: sumFen(lines.map(({ amountFen }) => ((amountFen + 5n) / 10n) * 10n)),\n',
      },
    ],
    suites: [{ project: 'unit', file: 'test/domain/pay/properties.test.ts' }],
  },
  {
    name: 'no-lock-check',
    breaks: 'facts of a locked month can be changed',
    edits: [
      {
        file: 'db/locked-months.ts',
        find: 'if (!(await isLocked(tx, month))) return;',
        replace: 'if (!(await isLocked(tx, month)) || month) return;',
      },
    ],
    suites: [{ project: 'embedded', file: 'test/pay/run.db.test.ts', only: '/pay lock' }],
  },
  {
    name: 'rights-of-the-form',
    breaks: 'rights are those of when the form was opened, not of when it is handed in',
    edits: [
      {
        file: 'src/bot/click.ts',
        find: '  demandRight(command, actor);\n  const chosen =',
        replace: '  const chosen =',
      },
      {
        file: 'src/bot/run.ts',
        find: '      demandRight(command, intent.actor);',
        replace: "      if (intent.via === 'text') demandRight(command, intent.actor);",
      },
    ],
    suites: [{ project: 'embedded', file: 'test/trust/clicks.db.test.ts' }],
  },
  {
    name: 'old-card-counts',
    breaks: 'a click on an earlier state of a card is carried out',
    edits: [
      {
        file: 'src/bot/click.ts',
        find: 'if (read.stamp.rev !== sent.rev) {',
        replace: 'if (read.stamp.rev > sent.rev) {',
      },
      {
        file: 'src/bot/click.ts',
        find: 'if (!actionsOf(sent.card).some((offered) => sameAction(offered, read.action)))',
        replace: 'if (!read.stamp.card && !actionsOf(sent.card).some((offered) => sameAction(offered, read.action)))',
      },
      {
        file: 'src/bot/click.ts',
        find: 'if (Object.keys(typed).some((name) => !asked.has(name)))',
        replace: 'if (!asked && Object.keys(typed).length > 0)',
      },
    ],
    suites: [{ project: 'embedded', file: 'test/trust/clicks.db.test.ts' }],
  },
  {
    name: 'undo-without-a-second-look',
    breaks: 'what is taken back is not looked at for having been taken back already',
    edits: [
      {
        file: 'db/order-progress.ts',
        find: '.where(and(eq(orderProgress.by, personId), entryStands))',
        replace: '.where(and(eq(orderProgress.by, personId), sql`order_progress.undoes is null`))',
      },
    ],
    suites: [{ project: 'embedded', file: 'test/bot/orders.db.test.ts' }],
  },
  {
    name: 'day-in-utc',
    breaks: 'days and months turn at midnight in London, not in the company',
    edits: [
      {
        file: 'src/domain/calendar/business-day.ts',
        find: "day = dayjs(moment).tz(zone).format('YYYY-MM-DD');\n    if",
        replace: "day = dayjs(moment).utc().format('YYYY-MM-DD');\n    if",
      },
    ],
    suites: [{ project: 'unit', file: 'test/domain/calendar' }],
  },
  {
    name: 'private-in-the-group',
    breaks: 'private answers go to where they were asked for',
    edits: [
      {
        file: 'src/bot/run.ts',
        find: "const isPrivate = steps[i]!.command.answers === 'private' && 'chat' in here.to;",
        replace: "const isPrivate = steps[i]!.command.answers === 'private' && !('chat' in here.to);",
      },
    ],
    suites: [{ project: 'embedded', file: 'test/pay/privacy.db.test.ts' }],
  },
];

/** The text with these edits made. Throws when one of them does not fit exactly once: a plant that was never in proves nothing. */
export function planted(code: string, edits: readonly Edit[]): string {
  return edits.reduce((text, { file, find, replace }) => {
    const pieces = text.split(find);
    if (pieces.length !== 2)
      throw new Error(`${file}: the text to be replaced stands there ${pieces.length - 1} times: ${find}`);
    return pieces.join(replace);
  }, code);
}
