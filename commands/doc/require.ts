import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { choice, freeText, Problem } from '#bot/fields';
import { noticeCard } from '#cards/notice-card';
import { documentRules, putDocumentRules } from '#db/document-rules';
import { demandTemplate } from '#db/order-templates';
import { UserError } from '#domain/errors';
import { documentLabel, documentsFor, documentTypes } from '#domain/records/kinds/doc';
import { join, say } from '#domain/text';

/** Kinds of documents, several at once. */
const documentList = z.array(z.string()).meta({
  field: {
    kind: 'documents',
    asks: 'text',
    maxLength: 300,
    read(raw) {
      const words = raw
        .normalize('NFKC')
        .split(/[;,、+\n]+/)
        .map((word) => word.trim())
        .filter(Boolean);
      const found = words.map((word) =>
        documentTypes.find(
          ({ value, label, aliases = [] }) =>
            value === word.toLowerCase() ||
            label.zh === word ||
            label.en.toLowerCase() === word.toLowerCase() ||
            aliases.includes(word.toLowerCase()),
        ),
      );
      const wrong = words.find((_, i) => !found[i]);
      return wrong === undefined && words.length > 0
        ? [...new Set(found.map((type) => type!.value))]
        : new Problem(
            say(
              `没有「${(wrong ?? raw).slice(0, 20)}」这种单证。可以写：${documentTypes.map(({ label }) => label.zh).join('、')}`,
              `There is no document “${(wrong ?? raw).slice(0, 20)}”. Known: ${documentTypes.map(({ value }) => value).join(', ')}`,
            ),
          );
    },
  },
});

const asInstalled = choice([{ value: 'yes', label: { zh: '恢复默认', en: 'as-installed' }, aliases: ['默认'] }]);

/** `/doc require <template> documents="…"` (O9): the checklist of a template, without code. Without words it shows it. */
export const requireDocs = defineCommand({
  name: 'doc require',
  aliases: ['单证 要求', '单证 设置'],
  summary: { zh: '每类订单要备哪些单证', en: 'which documents each class of orders needs' },
  example: {
    zh: '/单证 要求 外贸 单证="合同、发票、装箱单、提单"',
    en: '/doc require foreign-trade documents="contract, invoice, packing-list, bill-of-lading"',
  },
  roles: 'everyone',
  answers: 'anywhere',
  input: z.object({
    template: freeText(30)
      .min(1)
      .meta({ word: 1, keys: ['类别'], label: { zh: '类别', en: 'class' } }),
    documents: documentList.optional().meta({ keys: ['清单'], label: { zh: '单证', en: 'documents' } }),
    reset: asInstalled.optional().meta({ label: { zh: '恢复', en: 'reset' }, bare: true }),
  }),

  async run(ctx, { template: word, documents, reset }) {
    const template = await demandTemplate(ctx.tx, word);
    const before = await documentRules(ctx.tx);
    if (documents !== undefined || reset !== undefined) {
      if (!ctx.actor.roles.some((role) => role === 'admin' || role === 'general_manager'))
        throw new UserError(
          'denied.documents',
          say('单证清单是全公司的，你不能改。', 'The checklists are the company’s; you cannot change them.'),
          say('请管理员或总经理来设置。', 'Ask an administrator or the general manager.'),
        );
      const { [template.code]: _, ...others } = before;
      const after = documents === undefined ? others : { ...others, [template.code]: documents };
      await putDocumentRules(ctx.tx, after, ctx.now);
      await ctx.record({
        subject: 'setting:order.documents',
        before: { [template.code]: documentsFor(template.code, before) },
        after: { [template.code]: documentsFor(template.code, after) },
      });
    }
    const now = documentsFor(template.code, await documentRules(ctx.tx));
    return {
      card: noticeCard(
        join([
          say(`「${template.label.zh}」的订单要备 ${now.length} 份单证：`, `Orders of ${template.label.en} need: `),
          join(now.map(documentLabel), say('、', ', ')),
        ]),
        documents === undefined && reset === undefined ? 'info' : 'success',
      ),
    };
  },
});
