create trigger record_entries_append_only before update or delete or truncate on record_entries for each statement execute function refuse_change();
--> statement-breakpoint
create trigger approvals_append_only before update or delete or truncate on approvals for each statement execute function refuse_change();
--> statement-breakpoint
create trigger approval_decisions_append_only before update or delete or truncate on approval_decisions for each statement execute function refuse_change();
