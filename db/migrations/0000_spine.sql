CREATE TABLE "audit" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp (3) with time zone NOT NULL,
	"actor" text NOT NULL,
	"via" text NOT NULL,
	"command" text NOT NULL,
	"subject" text NOT NULL,
	"outcome" text NOT NULL,
	"event_id" text,
	"message_id" text,
	"before" jsonb,
	"after" jsonb
);
--> statement-breakpoint
CREATE TABLE "audit_seals" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"audit_id" bigint NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_seals_auditId_unique" UNIQUE("audit_id")
);
--> statement-breakpoint
CREATE TABLE "blobs" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "blobs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "chats" (
	"chat_id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"name" text,
	"active" boolean DEFAULT true NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "done_once" (
	"job" text NOT NULL,
	"key" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "done_once_job_key_pk" PRIMARY KEY("job","key")
);
--> statement-breakpoint
CREATE TABLE "inbox" (
	"event_id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"message_id" text,
	"fingerprint" text NOT NULL,
	"happened_at" timestamp (3) with time zone NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"outcome" text NOT NULL,
	"payload" jsonb,
	"error_no" text
);
--> statement-breakpoint
CREATE TABLE "jobs" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "jobs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"args" jsonb NOT NULL,
	"by" bigint NOT NULL,
	"card_key" text,
	"state" text DEFAULT 'waiting' NOT NULL,
	"progress" jsonb,
	"tries" integer DEFAULT 0 NOT NULL,
	"leased_until" timestamp (3) with time zone,
	"problem" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"done_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "order_progress" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "order_progress_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"order_id" bigint NOT NULL,
	"stage" text,
	"qty" integer,
	"note" text DEFAULT '' NOT NULL,
	"by" bigint NOT NULL,
	"said_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"event_id" text NOT NULL,
	"message_id" text,
	"command_index" integer DEFAULT 0 NOT NULL,
	"undoes" bigint,
	CONSTRAINT "order_progress_once" UNIQUE("event_id","command_index")
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "orders_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"no" text NOT NULL,
	"template" text NOT NULL,
	"customer" text NOT NULL,
	"contract_no" text,
	"style" text DEFAULT '' NOT NULL,
	"product" text DEFAULT '' NOT NULL,
	"qty" integer NOT NULL,
	"unit" text DEFAULT '件' NOT NULL,
	"currency" text DEFAULT 'CNY' NOT NULL,
	"unit_price_fen" bigint,
	"amount_fen" bigint,
	"processing_fee_fen" bigint,
	"factory" text,
	"delivery_date" date NOT NULL,
	"special" text DEFAULT '' NOT NULL,
	"merchandiser_id" bigint NOT NULL,
	"chat_id" text,
	"status" text DEFAULT 'open' NOT NULL,
	"stage" text,
	"last_progress_at" timestamp (3) with time zone,
	"rev" integer DEFAULT 0 NOT NULL,
	"created_by" bigint NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "orders_no_unique" UNIQUE("no")
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "outbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"lane" text NOT NULL,
	"uuid" text NOT NULL,
	"job" jsonb NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"available_at" timestamp (3) with time zone NOT NULL,
	"leased_until" timestamp (3) with time zone,
	"unknown_since" timestamp (3) with time zone,
	"message_id" text,
	"problem" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"done_at" timestamp (3) with time zone,
	CONSTRAINT "outbox_uuid_unique" UNIQUE("uuid")
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "people_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"open_id" text NOT NULL,
	"union_id" text,
	"user_id" text,
	"name" text NOT NULL,
	"employee_no" text,
	"department" text,
	"manager_id" bigint,
	"deputy_id" bigint,
	"roles" text[] DEFAULT '{}' NOT NULL,
	"hired_on" date,
	"probation_until" date,
	"left_on" date,
	"private_chat_id" text,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "people_openId_unique" UNIQUE("open_id"),
	CONSTRAINT "people_employeeNo_unique" UNIQUE("employee_no")
);
--> statement-breakpoint
CREATE TABLE "person_terms" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "person_terms_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"person_id" bigint NOT NULL,
	"from_month" text NOT NULL,
	"scheme" text,
	"position_wage_fen" bigint,
	"performance_base_fen" bigint,
	"recorded_by" text NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "send_attempts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "send_attempts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"lane" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "sent_cards" (
	"key" text PRIMARY KEY NOT NULL,
	"message_id" text,
	"chat_id" text,
	"audience" text,
	"rev" integer NOT NULL,
	"subject" text,
	"card" jsonb NOT NULL,
	"covered" jsonb,
	"read_at" timestamp (3) with time zone,
	"sent_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "audit_seals" ADD CONSTRAINT "audit_seals_audit_id_audit_id_fk" FOREIGN KEY ("audit_id") REFERENCES "public"."audit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_by_people_id_fk" FOREIGN KEY ("by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_progress" ADD CONSTRAINT "order_progress_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_progress" ADD CONSTRAINT "order_progress_by_people_id_fk" FOREIGN KEY ("by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_progress" ADD CONSTRAINT "order_progress_undoes_order_progress_id_fk" FOREIGN KEY ("undoes") REFERENCES "public"."order_progress"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_merchandiser_id_people_id_fk" FOREIGN KEY ("merchandiser_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_manager_id_people_id_fk" FOREIGN KEY ("manager_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_deputy_id_people_id_fk" FOREIGN KEY ("deputy_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_terms" ADD CONSTRAINT "person_terms_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_subject" ON "audit" USING btree ("subject","id");--> statement-breakpoint
CREATE UNIQUE INDEX "inbox_message" ON "inbox" USING btree ("message_id") WHERE message_id is not null;--> statement-breakpoint
CREATE INDEX "inbox_received" ON "inbox" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "inbox_failed" ON "inbox" USING btree ("received_at") WHERE outcome = 'failed';--> statement-breakpoint
CREATE INDEX "jobs_open" ON "jobs" USING btree ("id") WHERE state in ('waiting', 'running');--> statement-breakpoint
CREATE UNIQUE INDEX "order_progress_undone_once" ON "order_progress" USING btree ("undoes") WHERE undoes is not null;--> statement-breakpoint
CREATE INDEX "order_progress_order" ON "order_progress" USING btree ("order_id","said_at","id");--> statement-breakpoint
CREATE INDEX "order_progress_by" ON "order_progress" USING btree ("by","recorded_at");--> statement-breakpoint
CREATE INDEX "orders_due" ON "orders" USING btree ("status","delivery_date","id");--> statement-breakpoint
CREATE INDEX "orders_mine" ON "orders" USING btree ("merchandiser_id","status","delivery_date","id");--> statement-breakpoint
CREATE INDEX "orders_stage" ON "orders" USING btree ("stage","status","delivery_date");--> statement-breakpoint
CREATE INDEX "orders_customer" ON "orders" USING btree ("customer","status");--> statement-breakpoint
CREATE INDEX "outbox_pending" ON "outbox" USING btree ("lane","id") WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX "outbox_dead" ON "outbox" USING btree ("id") WHERE state = 'dead';--> statement-breakpoint
CREATE INDEX "outbox_done" ON "outbox" USING btree ("done_at") WHERE state = 'sent';--> statement-breakpoint
CREATE INDEX "people_name" ON "people" USING btree ("name");--> statement-breakpoint
CREATE INDEX "people_manager" ON "people" USING btree ("manager_id");--> statement-breakpoint
CREATE INDEX "person_terms_person" ON "person_terms" USING btree ("person_id","from_month","id");--> statement-breakpoint
CREATE INDEX "send_attempts_started" ON "send_attempts" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "send_attempts_lane" ON "send_attempts" USING btree ("lane","started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "sent_cards_message" ON "sent_cards" USING btree ("message_id") WHERE message_id is not null;--> statement-breakpoint
CREATE INDEX "sent_cards_subject" ON "sent_cards" USING btree ("subject");--> statement-breakpoint
CREATE INDEX "sent_cards_sent" ON "sent_cards" USING btree ("sent_at");