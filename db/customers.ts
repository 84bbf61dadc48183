import { asc, desc, eq, ilike, sql } from 'drizzle-orm';
import { searchText, searchWord } from '#domain/order/search';
import type { Db } from './client.ts';
import { orders } from './schema.ts';
import { customerContacts, customers } from './tables/orders.ts';

export interface Customer {
  id: number;
  name: string;
  country: string | null;
  preferences: string;
}

const columns = {
  id: customers.id,
  name: customers.name,
  country: customers.country,
  preferences: customers.preferences,
};

export async function findCustomer(db: Db, name: string): Promise<Customer | undefined> {
  const [row] = await db.select(columns).from(customers).where(eq(customers.name, name));
  return row;
}

export async function putCustomer(
  db: Db,
  name: string,
  change: { country?: string; preferences?: string },
  by: number,
  now: Date,
): Promise<Customer> {
  const set = { ...change, updatedBy: by, updatedAt: now };
  const [row] = await db
    .insert(customers)
    .values({ name, search: searchText(name, change.country ?? ''), ...set })
    .onConflictDoUpdate({ target: customers.name, set })
    .returning(columns);
  return row!;
}

export async function putContact(
  db: Db,
  customerId: number,
  { name, details }: { name: string; details: string },
  now: Date,
): Promise<void> {
  await db
    .insert(customerContacts)
    .values({ customerId, name, details, updatedAt: now })
    .onConflictDoUpdate({
      target: [customerContacts.customerId, customerContacts.name],
      set: { details, updatedAt: now },
    });
}

export async function contactsOf(db: Db, customerId: number): Promise<{ name: string; details: string }[]> {
  return db
    .select({ name: customerContacts.name, details: customerContacts.details })
    .from(customerContacts)
    .where(eq(customerContacts.customerId, customerId))
    .orderBy(asc(customerContacts.name))
    .limit(50);
}

/** What became of a customer's orders. */
export interface CustomerHistory {
  orders: number;
  open: number;
  overdue: number;
  delivered: number;
  onTime: number;
}

export async function historyOf(db: Db, customer: string, today: string): Promise<CustomerHistory> {
  const [row] = await db
    .select({
      orders: sql<number>`count(*)::int`,
      open: sql<number>`(count(*) filter (where ${orders.status} = 'open'))::int`,
      overdue: sql<number>`(count(*) filter (where ${orders.status} = 'open' and ${orders.actualDelivery} is null and ${orders.deliveryDate} < ${today}::date))::int`,
      delivered: sql<number>`(count(${orders.actualDelivery}))::int`,
      onTime: sql<number>`(count(*) filter (where ${orders.actualDelivery} <= coalesce(${orders.firstPromised}, ${orders.deliveryDate})))::int`,
      lastOrder: sql<
        string | null
      >`max(${orders.no}) filter (where ${orders.createdAt} = (select max(o.created_at) from orders o where o.customer = ${customer}))`,
    })
    .from(orders)
    .where(eq(orders.customer, customer));
  return row!;
}

/** Everybody who has a file or an order, by name or how it sounds; one page. */
export async function listCustomers(
  db: Db,
  text: string,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ customers: { name: string; orders: number; open: number }[]; total: number }> {
  const word = `%${searchWord(text).replace(/[\\%_]/g, '\\$&')}%`;
  const all = db
    .select({
      name: orders.customer,
      orders: sql<number>`count(*)::int`.as('orders'),
      open: sql<number>`(count(*) filter (where ${orders.status} = 'open'))::int`.as('open'),
    })
    .from(orders)
    .where(text ? ilike(orders.search, word) : undefined)
    .groupBy(orders.customer)
    .unionAll(
      db
        .select({ name: customers.name, orders: sql<number>`0`.as('orders'), open: sql<number>`0`.as('open') })
        .from(customers)
        .where(
          sql`not exists (select 1 from orders o where o.customer = ${customers.name}) ${text ? sql`and ${customers.search} ilike ${word}` : sql``}`,
        ),
    )
    .as('everybody');
  const [counted] = await db.select({ n: sql<number>`count(*)::int` }).from(all);
  const rows = await db
    .select()
    .from(all)
    .orderBy(desc(all.open), desc(all.orders), sql`${all.name} collate "C"`)
    .limit(limit)
    .offset(offset);
  return { customers: rows, total: counted!.n };
}
