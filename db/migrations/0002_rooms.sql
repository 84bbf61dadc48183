CREATE TABLE "absences" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "absences_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"person_id" bigint NOT NULL,
	"from_date" date NOT NULL,
	"to_date" date NOT NULL,
	"deputy_id" bigint,
	"undoes" bigint,
	"by" bigint NOT NULL,
	"said_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"event_id" text NOT NULL,
	"message_id" text,
	"command_index" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "appraisal_cycles" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "appraisal_cycles_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"month" text NOT NULL,
	"manager_id" bigint NOT NULL,
	"department" text,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	CONSTRAINT "appraisal_cycles_once" UNIQUE("month","manager_id")
);
--> statement-breakpoint
CREATE TABLE "appraisal_drafts" (
	"sheet_id" bigint NOT NULL,
	"by" bigint NOT NULL,
	"values" jsonb NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "appraisal_drafts_sheet_id_by_pk" PRIMARY KEY("sheet_id","by")
);
--> statement-breakpoint
CREATE TABLE "appraisal_sheets" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "appraisal_sheets_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"month" text NOT NULL,
	"person_id" bigint NOT NULL,
	"manager_id" bigint NOT NULL,
	"scheme" text NOT NULL,
	"criteria" jsonb NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "appraisal_sheets_once" UNIQUE("month","person_id")
);
--> statement-breakpoint
CREATE TABLE "appraisal_steps" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "appraisal_steps_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"sheet_id" bigint NOT NULL,
	"seq" integer NOT NULL,
	"kind" text NOT NULL,
	"data" jsonb,
	"words" text DEFAULT '' NOT NULL,
	"by" bigint,
	"day" date NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"event_id" text NOT NULL,
	"message_id" text,
	CONSTRAINT "appraisal_steps_seq" UNIQUE("sheet_id","seq")
);
--> statement-breakpoint
CREATE TABLE "appraisal_templates" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "appraisal_templates_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"scheme" text NOT NULL,
	"from_month" text NOT NULL,
	"criteria" jsonb NOT NULL,
	"by" bigint NOT NULL,
	"said_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"event_id" text NOT NULL,
	"message_id" text,
	"command_index" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "holiday_notices" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "holiday_notices_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"year" integer NOT NULL,
	"notice" jsonb NOT NULL,
	"by" bigint NOT NULL,
	"said_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"event_id" text NOT NULL,
	"message_id" text,
	"command_index" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "hours_entries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "hours_entries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"person_id" bigint NOT NULL,
	"month" text NOT NULL,
	"field" text NOT NULL,
	"value" text NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"via" text NOT NULL,
	"origin" text DEFAULT '' NOT NULL,
	"replaces" bigint,
	"by" bigint NOT NULL,
	"said_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"event_id" text NOT NULL,
	"message_id" text,
	"command_index" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "hours_entries_once" UNIQUE("event_id","command_index","person_id","month","field")
);
--> statement-breakpoint
CREATE TABLE "incident_steps" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "incident_steps_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"incident_id" bigint NOT NULL,
	"phase" text NOT NULL,
	"kind" text NOT NULL,
	"reason" text NOT NULL,
	"by" bigint NOT NULL,
	"said_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"event_id" text NOT NULL,
	"message_id" text,
	"command_index" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "incident_steps_once" UNIQUE("incident_id","phase")
);
--> statement-breakpoint
CREATE TABLE "incidents" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "incidents_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"person_id" bigint NOT NULL,
	"clause" text NOT NULL,
	"scheme" text,
	"month" text NOT NULL,
	"date" date NOT NULL,
	"order_id" bigint,
	"declaration" text,
	"loss_fen" bigint,
	"amount_fen" bigint,
	"note" text NOT NULL,
	"evidence" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"by" bigint NOT NULL,
	"said_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"event_id" text NOT NULL,
	"message_id" text,
	"command_index" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "incidents_once" UNIQUE("event_id","command_index")
);
--> statement-breakpoint
CREATE TABLE "locked_months" (
	"month" text PRIMARY KEY NOT NULL,
	"locked_by" text NOT NULL,
	"locked_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "chat_orders" (
	"chat_id" text PRIMARY KEY NOT NULL,
	"order_id" bigint,
	"customer" text,
	"digest" boolean DEFAULT true NOT NULL,
	"updated_by" bigint NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "customer_contacts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "customer_contacts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"customer_id" bigint NOT NULL,
	"name" text NOT NULL,
	"details" text DEFAULT '' NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "customer_contacts_once" UNIQUE("customer_id","name")
);
--> statement-breakpoint
CREATE TABLE "customers" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "customers_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"country" text,
	"preferences" text DEFAULT '' NOT NULL,
	"search" text DEFAULT '' NOT NULL,
	"updated_by" bigint NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "customers_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "order_changes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "order_changes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"order_id" bigint NOT NULL,
	"field" text NOT NULL,
	"before" text,
	"after" text,
	"reason" text DEFAULT '' NOT NULL,
	"cause" text DEFAULT 'other' NOT NULL,
	"by" bigint NOT NULL,
	"said_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"event_id" text,
	"message_id" text
);
--> statement-breakpoint
CREATE TABLE "order_files" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "order_files_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"order_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"message_id" text NOT NULL,
	"chat_id" text,
	"by" bigint NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "order_files_once" UNIQUE("order_id","message_id","key")
);
--> statement-breakpoint
CREATE TABLE "order_handovers" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "order_handovers_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"order_id" bigint NOT NULL,
	"from_id" bigint NOT NULL,
	"to_id" bigint NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"requested_by" bigint NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"given_by" bigint,
	"given_at" timestamp (3) with time zone,
	"taken_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "order_import_rows" (
	"batch" text NOT NULL,
	"seq" integer NOT NULL,
	"row" jsonb NOT NULL,
	CONSTRAINT "order_import_rows_batch_seq_pk" PRIMARY KEY("batch","seq")
);
--> statement-breakpoint
CREATE TABLE "order_lines" (
	"order_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"colour" text NOT NULL,
	"size" text NOT NULL,
	"qty" integer NOT NULL,
	CONSTRAINT "order_lines_order_id_colour_size_pk" PRIMARY KEY("order_id","colour","size")
);
--> statement-breakpoint
CREATE TABLE "order_requests" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "order_requests_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"order_id" bigint NOT NULL,
	"args" jsonb NOT NULL,
	"why" text NOT NULL,
	"by" bigint NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"decision" text,
	"decided_by" bigint,
	"decided_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "order_stages" (
	"order_id" bigint NOT NULL,
	"stage" text NOT NULL,
	"position" integer NOT NULL,
	"owner_id" bigint,
	"planned" date,
	"fixed" boolean DEFAULT false NOT NULL,
	"counted" boolean DEFAULT false NOT NULL,
	"before" integer,
	"actual" date,
	"done" integer,
	CONSTRAINT "order_stages_order_id_stage_pk" PRIMARY KEY("order_id","stage")
);
--> statement-breakpoint
CREATE TABLE "order_watch_acts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "order_watch_acts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"order_id" bigint NOT NULL,
	"act" text NOT NULL,
	"until" date NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"by" bigint NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stage_templates" (
	"code" text PRIMARY KEY NOT NULL,
	"label" text NOT NULL,
	"steps" jsonb NOT NULL,
	"updated_by" bigint NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pay_asks" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "pay_asks_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"by" bigint NOT NULL,
	"about" text NOT NULL,
	"what" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pay_corrections" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "pay_corrections_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"settlement_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"month" text NOT NULL,
	"into_month" text NOT NULL,
	"amount_fen" bigint NOT NULL,
	"damages_fen" bigint NOT NULL,
	"reason" text NOT NULL,
	"inputs" text NOT NULL,
	"result" text NOT NULL,
	"seq" integer NOT NULL,
	"by" bigint NOT NULL,
	"said_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"event_id" text NOT NULL,
	"message_id" text,
	"chat_id" text,
	"command_index" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "pay_corrections_seq" UNIQUE("settlement_id","seq")
);
--> statement-breakpoint
CREATE TABLE "pay_drafts" (
	"run_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"scheme" text,
	"version" text,
	"scheme_hash" text,
	"inputs" text NOT NULL,
	"result" text,
	"hash" text NOT NULL,
	"total_fen" bigint,
	"carried_fen" bigint,
	"damages_fen" bigint,
	"problems" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"blocks" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"warnings" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"touched" boolean DEFAULT false NOT NULL,
	CONSTRAINT "pay_drafts_run_id_person_id_kind_pk" PRIMARY KEY("run_id","person_id","kind")
);
--> statement-breakpoint
CREATE TABLE "pay_estimates" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "pay_estimates_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"person_id" bigint NOT NULL,
	"month" text NOT NULL,
	"total_fen" bigint NOT NULL,
	"partial" boolean NOT NULL,
	"inputs" text NOT NULL,
	"result" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"event_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pay_facts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "pay_facts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"person_id" bigint NOT NULL,
	"month" text NOT NULL,
	"key" text NOT NULL,
	"value" text NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"origin" text DEFAULT '' NOT NULL,
	"late" boolean DEFAULT false NOT NULL,
	"replaces" bigint,
	"by" bigint NOT NULL,
	"said_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"event_id" text NOT NULL,
	"message_id" text,
	"chat_id" text,
	"command_index" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "pay_facts_once" UNIQUE("event_id","command_index","person_id","month","key")
);
--> statement-breakpoint
CREATE TABLE "pay_postings" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "pay_postings_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"run_id" bigint NOT NULL,
	"settlement_id" bigint NOT NULL,
	"account" text NOT NULL,
	"amount_fen" bigint NOT NULL,
	CONSTRAINT "pay_postings_once" UNIQUE("settlement_id","account")
);
--> statement-breakpoint
CREATE TABLE "pay_run_steps" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "pay_run_steps_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"run_id" bigint NOT NULL,
	"attempt" integer NOT NULL,
	"kind" text NOT NULL,
	"by" bigint NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"digest" text,
	"data" jsonb,
	"event_id" text NOT NULL,
	CONSTRAINT "pay_run_steps_once" UNIQUE("run_id","attempt","kind")
);
--> statement-breakpoint
CREATE TABLE "pay_runs" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "pay_runs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"month" text NOT NULL,
	"kind" text DEFAULT 'regular' NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "pay_runs_once" UNIQUE("month","kind")
);
--> statement-breakpoint
CREATE TABLE "pay_settings" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "pay_settings_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"value" text NOT NULL,
	"from_month" text NOT NULL,
	"by" bigint NOT NULL,
	"said_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"event_id" text NOT NULL,
	"message_id" text,
	"chat_id" text,
	"command_index" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "payslip_answers" (
	"settlement_id" bigint PRIMARY KEY NOT NULL,
	"answer" text NOT NULL,
	"words" text DEFAULT '' NOT NULL,
	"by" bigint NOT NULL,
	"said_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"event_id" text NOT NULL,
	"message_id" text,
	"chat_id" text,
	"command_index" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "payslips" (
	"settlement_id" bigint PRIMARY KEY NOT NULL,
	"card_key" text NOT NULL,
	"sent_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "scheme_adoptions" (
	"proposal_id" bigint PRIMARY KEY NOT NULL,
	"by" bigint NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"event_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "scheme_proposals" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "scheme_proposals_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"scheme" text NOT NULL,
	"hash" text NOT NULL,
	"from_month" text NOT NULL,
	"by" bigint NOT NULL,
	"said_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"event_id" text NOT NULL,
	"message_id" text,
	"chat_id" text,
	"command_index" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "scheme_texts" (
	"hash" text PRIMARY KEY NOT NULL,
	"scheme" text NOT NULL,
	"text" text NOT NULL,
	"stored_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "settlements" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "settlements_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"run_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"month" text NOT NULL,
	"kind" text NOT NULL,
	"scheme" text NOT NULL,
	"version" text NOT NULL,
	"scheme_hash" text NOT NULL,
	"inputs" text NOT NULL,
	"result" text NOT NULL,
	"hash" text NOT NULL,
	"total_fen" bigint NOT NULL,
	"carried_fen" bigint NOT NULL,
	"damages_fen" bigint NOT NULL,
	"locked_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "settlements_once" UNIQUE("person_id","month","kind")
);
--> statement-breakpoint
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
ALTER TABLE "order_progress" ADD COLUMN "added" integer;--> statement-breakpoint
ALTER TABLE "order_progress" ADD COLUMN "colour" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "order_progress" ADD COLUMN "size" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "order_progress" ADD COLUMN "machines" integer;--> statement-breakpoint
ALTER TABLE "order_progress" ADD COLUMN "pieces" integer;--> statement-breakpoint
ALTER TABLE "order_progress" ADD COLUMN "finished" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "order_progress" ADD COLUMN "for_day" date;--> statement-breakpoint
ALTER TABLE "order_progress" ADD COLUMN "late" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "order_progress" ADD COLUMN "counts_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "order_progress" ADD COLUMN "replaces" bigint;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "requested_date" date;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "first_promised" date;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "actual_delivery" date;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "next_stage" text;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "next_due" date;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "pace_stage" text;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "pace_done" integer;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "pace_from" date;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "pace_due" date;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "snoozed_until" date;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "search" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "ended_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "absences" ADD CONSTRAINT "absences_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "absences" ADD CONSTRAINT "absences_deputy_id_people_id_fk" FOREIGN KEY ("deputy_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "absences" ADD CONSTRAINT "absences_by_people_id_fk" FOREIGN KEY ("by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "absences" ADD CONSTRAINT "absences_undoes_absences_id_fk" FOREIGN KEY ("undoes") REFERENCES "public"."absences"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appraisal_cycles" ADD CONSTRAINT "appraisal_cycles_manager_id_people_id_fk" FOREIGN KEY ("manager_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appraisal_drafts" ADD CONSTRAINT "appraisal_drafts_sheet_id_appraisal_sheets_id_fk" FOREIGN KEY ("sheet_id") REFERENCES "public"."appraisal_sheets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appraisal_drafts" ADD CONSTRAINT "appraisal_drafts_by_people_id_fk" FOREIGN KEY ("by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appraisal_sheets" ADD CONSTRAINT "appraisal_sheets_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appraisal_sheets" ADD CONSTRAINT "appraisal_sheets_manager_id_people_id_fk" FOREIGN KEY ("manager_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appraisal_steps" ADD CONSTRAINT "appraisal_steps_sheet_id_appraisal_sheets_id_fk" FOREIGN KEY ("sheet_id") REFERENCES "public"."appraisal_sheets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appraisal_steps" ADD CONSTRAINT "appraisal_steps_by_people_id_fk" FOREIGN KEY ("by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appraisal_templates" ADD CONSTRAINT "appraisal_templates_by_people_id_fk" FOREIGN KEY ("by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "holiday_notices" ADD CONSTRAINT "holiday_notices_by_people_id_fk" FOREIGN KEY ("by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hours_entries" ADD CONSTRAINT "hours_entries_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hours_entries" ADD CONSTRAINT "hours_entries_by_people_id_fk" FOREIGN KEY ("by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hours_entries" ADD CONSTRAINT "hours_entries_replaces_hours_entries_id_fk" FOREIGN KEY ("replaces") REFERENCES "public"."hours_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_steps" ADD CONSTRAINT "incident_steps_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_steps" ADD CONSTRAINT "incident_steps_by_people_id_fk" FOREIGN KEY ("by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incidents" ADD CONSTRAINT "incidents_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incidents" ADD CONSTRAINT "incidents_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incidents" ADD CONSTRAINT "incidents_by_people_id_fk" FOREIGN KEY ("by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_orders" ADD CONSTRAINT "chat_orders_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_orders" ADD CONSTRAINT "chat_orders_updated_by_people_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_contacts" ADD CONSTRAINT "customer_contacts_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customers" ADD CONSTRAINT "customers_updated_by_people_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_changes" ADD CONSTRAINT "order_changes_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_changes" ADD CONSTRAINT "order_changes_by_people_id_fk" FOREIGN KEY ("by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_files" ADD CONSTRAINT "order_files_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_files" ADD CONSTRAINT "order_files_by_people_id_fk" FOREIGN KEY ("by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_handovers" ADD CONSTRAINT "order_handovers_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_handovers" ADD CONSTRAINT "order_handovers_from_id_people_id_fk" FOREIGN KEY ("from_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_handovers" ADD CONSTRAINT "order_handovers_to_id_people_id_fk" FOREIGN KEY ("to_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_handovers" ADD CONSTRAINT "order_handovers_requested_by_people_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_handovers" ADD CONSTRAINT "order_handovers_given_by_people_id_fk" FOREIGN KEY ("given_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_requests" ADD CONSTRAINT "order_requests_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_requests" ADD CONSTRAINT "order_requests_by_people_id_fk" FOREIGN KEY ("by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_requests" ADD CONSTRAINT "order_requests_decided_by_people_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_stages" ADD CONSTRAINT "order_stages_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_stages" ADD CONSTRAINT "order_stages_owner_id_people_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_watch_acts" ADD CONSTRAINT "order_watch_acts_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_watch_acts" ADD CONSTRAINT "order_watch_acts_by_people_id_fk" FOREIGN KEY ("by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stage_templates" ADD CONSTRAINT "stage_templates_updated_by_people_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pay_asks" ADD CONSTRAINT "pay_asks_by_people_id_fk" FOREIGN KEY ("by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pay_corrections" ADD CONSTRAINT "pay_corrections_settlement_id_settlements_id_fk" FOREIGN KEY ("settlement_id") REFERENCES "public"."settlements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pay_corrections" ADD CONSTRAINT "pay_corrections_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pay_corrections" ADD CONSTRAINT "pay_corrections_by_people_id_fk" FOREIGN KEY ("by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pay_drafts" ADD CONSTRAINT "pay_drafts_run_id_pay_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."pay_runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pay_drafts" ADD CONSTRAINT "pay_drafts_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pay_estimates" ADD CONSTRAINT "pay_estimates_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pay_facts" ADD CONSTRAINT "pay_facts_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pay_facts" ADD CONSTRAINT "pay_facts_by_people_id_fk" FOREIGN KEY ("by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pay_facts" ADD CONSTRAINT "pay_facts_replaces_pay_facts_id_fk" FOREIGN KEY ("replaces") REFERENCES "public"."pay_facts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pay_postings" ADD CONSTRAINT "pay_postings_run_id_pay_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."pay_runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pay_postings" ADD CONSTRAINT "pay_postings_settlement_id_settlements_id_fk" FOREIGN KEY ("settlement_id") REFERENCES "public"."settlements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pay_run_steps" ADD CONSTRAINT "pay_run_steps_run_id_pay_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."pay_runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pay_run_steps" ADD CONSTRAINT "pay_run_steps_by_people_id_fk" FOREIGN KEY ("by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pay_settings" ADD CONSTRAINT "pay_settings_by_people_id_fk" FOREIGN KEY ("by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payslip_answers" ADD CONSTRAINT "payslip_answers_settlement_id_settlements_id_fk" FOREIGN KEY ("settlement_id") REFERENCES "public"."settlements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payslip_answers" ADD CONSTRAINT "payslip_answers_by_people_id_fk" FOREIGN KEY ("by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payslips" ADD CONSTRAINT "payslips_settlement_id_settlements_id_fk" FOREIGN KEY ("settlement_id") REFERENCES "public"."settlements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scheme_adoptions" ADD CONSTRAINT "scheme_adoptions_proposal_id_scheme_proposals_id_fk" FOREIGN KEY ("proposal_id") REFERENCES "public"."scheme_proposals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scheme_adoptions" ADD CONSTRAINT "scheme_adoptions_by_people_id_fk" FOREIGN KEY ("by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scheme_proposals" ADD CONSTRAINT "scheme_proposals_hash_scheme_texts_hash_fk" FOREIGN KEY ("hash") REFERENCES "public"."scheme_texts"("hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scheme_proposals" ADD CONSTRAINT "scheme_proposals_by_people_id_fk" FOREIGN KEY ("by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "settlements" ADD CONSTRAINT "settlements_run_id_pay_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."pay_runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "settlements" ADD CONSTRAINT "settlements_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "settlements" ADD CONSTRAINT "settlements_scheme_hash_scheme_texts_hash_fk" FOREIGN KEY ("scheme_hash") REFERENCES "public"."scheme_texts"("hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
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
CREATE UNIQUE INDEX "absences_undone_once" ON "absences" USING btree ("undoes") WHERE undoes is not null;--> statement-breakpoint
CREATE INDEX "absences_person" ON "absences" USING btree ("person_id","to_date");--> statement-breakpoint
CREATE INDEX "appraisal_cycles_open" ON "appraisal_cycles" USING btree ("month") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "appraisal_sheets_manager" ON "appraisal_sheets" USING btree ("manager_id","month");--> statement-breakpoint
CREATE INDEX "appraisal_steps_sheet" ON "appraisal_steps" USING btree ("sheet_id","id");--> statement-breakpoint
CREATE INDEX "appraisal_templates_scheme" ON "appraisal_templates" USING btree ("scheme","from_month","id");--> statement-breakpoint
CREATE INDEX "holiday_notices_year" ON "holiday_notices" USING btree ("year","id");--> statement-breakpoint
CREATE UNIQUE INDEX "hours_entries_replaced_once" ON "hours_entries" USING btree ("replaces") WHERE replaces is not null;--> statement-breakpoint
CREATE INDEX "hours_entries_person" ON "hours_entries" USING btree ("person_id","month","field","id");--> statement-breakpoint
CREATE INDEX "incidents_person" ON "incidents" USING btree ("person_id","month","id");--> statement-breakpoint
CREATE INDEX "incidents_order" ON "incidents" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "order_changes_order" ON "order_changes" USING btree ("order_id","id");--> statement-breakpoint
CREATE INDEX "order_changes_when" ON "order_changes" USING btree ("field","said_at");--> statement-breakpoint
CREATE INDEX "order_files_order" ON "order_files" USING btree ("order_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "order_handovers_one" ON "order_handovers" USING btree ("order_id") WHERE ended_at is null and (given_at is null or taken_at is null);--> statement-breakpoint
CREATE INDEX "order_handovers_to" ON "order_handovers" USING btree ("to_id");--> statement-breakpoint
CREATE INDEX "order_requests_order" ON "order_requests" USING btree ("order_id","id");--> statement-breakpoint
CREATE INDEX "order_stages_owner" ON "order_stages" USING btree ("owner_id","planned");--> statement-breakpoint
CREATE INDEX "order_watch_acts_order" ON "order_watch_acts" USING btree ("order_id","id");--> statement-breakpoint
CREATE INDEX "pay_asks_by" ON "pay_asks" USING btree ("by","at");--> statement-breakpoint
CREATE INDEX "pay_corrections_into" ON "pay_corrections" USING btree ("into_month","person_id");--> statement-breakpoint
CREATE INDEX "pay_estimates_person" ON "pay_estimates" USING btree ("person_id","month","id");--> statement-breakpoint
CREATE UNIQUE INDEX "pay_facts_replaced_once" ON "pay_facts" USING btree ("replaces") WHERE replaces is not null;--> statement-breakpoint
CREATE INDEX "pay_facts_person" ON "pay_facts" USING btree ("person_id","month","key","id");--> statement-breakpoint
CREATE INDEX "pay_facts_month" ON "pay_facts" USING btree ("month","person_id");--> statement-breakpoint
CREATE INDEX "pay_postings_run" ON "pay_postings" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "pay_settings_name" ON "pay_settings" USING btree ("name","from_month","id");--> statement-breakpoint
CREATE INDEX "scheme_proposals_scheme" ON "scheme_proposals" USING btree ("scheme","id");--> statement-breakpoint
CREATE INDEX "settlements_run" ON "settlements" USING btree ("run_id","person_id");--> statement-breakpoint
CREATE INDEX "settlements_month" ON "settlements" USING btree ("month","person_id");--> statement-breakpoint
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
CREATE INDEX "records_due" ON "records" USING btree ("due") WHERE open and not undone and due is not null;--> statement-breakpoint
ALTER TABLE "order_progress" ADD CONSTRAINT "order_progress_replaces_order_progress_id_fk" FOREIGN KEY ("replaces") REFERENCES "public"."order_progress"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "order_progress_replaced" ON "order_progress" USING btree ("replaces") WHERE replaces is not null;--> statement-breakpoint
CREATE INDEX "orders_created" ON "orders" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "orders_delivered" ON "orders" USING btree ("actual_delivery") WHERE actual_delivery is not null;--> statement-breakpoint
CREATE INDEX "orders_chat" ON "orders" USING btree ("chat_id","status");