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
CREATE INDEX "incidents_order" ON "incidents" USING btree ("order_id");