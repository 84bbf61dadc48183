/** A server that does nothing but insert an inbox row and answer 200: what ingest is measured against. Prints its port as the bot does. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import postgres from 'postgres';

const sql = postgres(process.env.DATABASE_URL!, { max: 10, onnotice() {} });
const server = createServer(async (incoming, answer) => {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const now = new Date();
  await sql`insert into inbox (event_id, kind, fingerprint, happened_at, received_at, outcome)
    values (${Buffer.concat(chunks).toString()}, 'read', ${'0'.repeat(64)}, ${now}, ${now}, 'done')
    on conflict do nothing returning event_id`;
  answer.end('{}');
});
server.listen(0, '127.0.0.1', () => console.log(`{"port":${(server.address() as AddressInfo).port}}`));
