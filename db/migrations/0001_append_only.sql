-- A correction is a new row that points at the old one: these tables refuse everything else, whoever asks.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;
--> statement-breakpoint
create trigger audit_append_only before update or delete or truncate on audit for each statement execute function refuse_change();
--> statement-breakpoint
create trigger audit_seals_append_only before update or delete or truncate on audit_seals for each statement execute function refuse_change();
--> statement-breakpoint
create trigger order_progress_append_only before update or delete or truncate on order_progress for each statement execute function refuse_change();
--> statement-breakpoint
create trigger person_terms_append_only before update or delete or truncate on person_terms for each statement execute function refuse_change();
