CREATE TABLE "approval_decisions" (
	"approval_id" bigint PRIMARY KEY NOT NULL,
	"approved" boolean NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"by" bigint NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"event_id" text
);
--> statement-breakpoint
CREATE TABLE "approvals" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "approvals_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"order_id" bigint,
	"question" jsonb NOT NULL,
	"asked_by" bigint NOT NULL,
	"asked_of" bigint NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"event_id" text,
	"message_id" text
);
--> statement-breakpoint
CREATE TABLE "record_entries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "record_entries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"record_id" bigint NOT NULL,
	"state" text,
	"data" jsonb NOT NULL,
	"files" jsonb NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"by" bigint NOT NULL,
	"said_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"event_id" text NOT NULL,
	"message_id" text,
	"command_index" integer DEFAULT 0 NOT NULL,
	"undoes" bigint,
	CONSTRAINT "record_entries_once" UNIQUE("event_id","command_index")
);
--> statement-breakpoint
CREATE TABLE "records" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "records_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"order_id" bigint,
	"responsible_id" bigint NOT NULL,
	"state" text NOT NULL,
	"open" boolean NOT NULL,
	"data" jsonb NOT NULL,
	"files" integer NOT NULL,
	"day" date NOT NULL,
	"due" date,
	"unique_key" text,
	"undone" boolean DEFAULT false NOT NULL,
	"created_by" bigint NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "approval_decisions" ADD CONSTRAINT "approval_decisions_approval_id_approvals_id_fk" FOREIGN KEY ("approval_id") REFERENCES "public"."approvals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approval_decisions" ADD CONSTRAINT "approval_decisions_by_people_id_fk" FOREIGN KEY ("by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_asked_by_people_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_asked_of_people_id_fk" FOREIGN KEY ("asked_of") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_entries" ADD CONSTRAINT "record_entries_record_id_records_id_fk" FOREIGN KEY ("record_id") REFERENCES "public"."records"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_entries" ADD CONSTRAINT "record_entries_by_people_id_fk" FOREIGN KEY ("by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_entries" ADD CONSTRAINT "record_entries_undoes_record_entries_id_fk" FOREIGN KEY ("undoes") REFERENCES "public"."record_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "records" ADD CONSTRAINT "records_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "records" ADD CONSTRAINT "records_responsible_id_people_id_fk" FOREIGN KEY ("responsible_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "records" ADD CONSTRAINT "records_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "approvals_subject" ON "approvals" USING btree ("subject","kind","id");--> statement-breakpoint
CREATE INDEX "approvals_order" ON "approvals" USING btree ("order_id","id");--> statement-breakpoint
CREATE INDEX "approvals_of" ON "approvals" USING btree ("asked_of","id");--> statement-breakpoint
CREATE UNIQUE INDEX "record_entries_undone_once" ON "record_entries" USING btree ("undoes") WHERE undoes is not null;--> statement-breakpoint
CREATE INDEX "record_entries_record" ON "record_entries" USING btree ("record_id","said_at","id");--> statement-breakpoint
CREATE INDEX "record_entries_by" ON "record_entries" USING btree ("by","recorded_at");--> statement-breakpoint
CREATE UNIQUE INDEX "records_unique_key" ON "records" USING btree ("kind","unique_key") WHERE unique_key is not null and not undone;--> statement-breakpoint
CREATE INDEX "records_order" ON "records" USING btree ("order_id","kind","id");--> statement-breakpoint
CREATE INDEX "records_open" ON "records" USING btree ("kind","open","due","id") WHERE not undone;--> statement-breakpoint
CREATE INDEX "records_responsible" ON "records" USING btree ("responsible_id","kind","open") WHERE not undone;--> statement-breakpoint
CREATE INDEX "records_day" ON "records" USING btree ("kind","day") WHERE not undone;--> statement-breakpoint
CREATE INDEX "records_due" ON "records" USING btree ("due") WHERE open and not undone and due is not null;