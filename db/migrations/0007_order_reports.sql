CREATE TABLE "order_report_switches" (
	"target" text NOT NULL,
	"period" text NOT NULL,
	"since" date NOT NULL,
	"updated_by" bigint NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "order_report_switches_target_period_pk" PRIMARY KEY("target","period")
);
--> statement-breakpoint
ALTER TABLE "order_report_switches" ADD CONSTRAINT "order_report_switches_updated_by_people_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;