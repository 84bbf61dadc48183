CREATE TABLE "message_links" (
	"message_id" text PRIMARY KEY NOT NULL,
	"chat_id" text,
	"link" text,
	"asked_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "message_links_asked" ON "message_links" USING btree ("asked_at");