ALTER TABLE "sent_cards" ALTER COLUMN "card" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "sent_cards" ALTER COLUMN "covered" SET DATA TYPE json;--> statement-breakpoint
-- Each answer keeps a card of some five kilobytes: as text and by the newer compression that costs a quarter. Where the server was built
-- without it, or is older than it, cards are pressed as before.
do $$ begin
  execute 'alter table sent_cards alter column card set compression lz4, alter column covered set compression lz4';
exception when feature_not_supported or syntax_error then null;
end $$;--> statement-breakpoint
-- Room for the next state of a row beside it: then none of its indexes has to learn of the change.
ALTER TABLE "orders" SET (fillfactor = 90);--> statement-breakpoint
ALTER TABLE "order_stages" SET (fillfactor = 90);
