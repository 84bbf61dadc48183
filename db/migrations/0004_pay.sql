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
CREATE INDEX "settlements_month" ON "settlements" USING btree ("month","person_id");