create trigger incidents_append_only before update or delete or truncate on incidents for each statement execute function refuse_change();
--> statement-breakpoint
create trigger incident_steps_append_only before update or delete or truncate on incident_steps for each statement execute function refuse_change();
--> statement-breakpoint
create trigger hours_entries_append_only before update or delete or truncate on hours_entries for each statement execute function refuse_change();
--> statement-breakpoint
create trigger holiday_notices_append_only before update or delete or truncate on holiday_notices for each statement execute function refuse_change();
--> statement-breakpoint
create trigger appraisal_templates_append_only before update or delete or truncate on appraisal_templates for each statement execute function refuse_change();
--> statement-breakpoint
create trigger absences_append_only before update or delete or truncate on absences for each statement execute function refuse_change();
--> statement-breakpoint
create trigger appraisal_steps_append_only before update or delete or truncate on appraisal_steps for each statement execute function refuse_change();
--> statement-breakpoint
create trigger locked_months_append_only before update or delete or truncate on locked_months for each statement execute function refuse_change();
--> statement-breakpoint
-- What was changed, filed or put off stays on record; see 0001_append_only.
create trigger order_changes_append_only before update or delete or truncate on order_changes for each statement execute function refuse_change();
--> statement-breakpoint
create trigger order_files_append_only before update or delete or truncate on order_files for each statement execute function refuse_change();
--> statement-breakpoint
create trigger order_watch_acts_append_only before update or delete or truncate on order_watch_acts for each statement execute function refuse_change();
--> statement-breakpoint
create trigger record_entries_append_only before update or delete or truncate on record_entries for each statement execute function refuse_change();
--> statement-breakpoint
create trigger approvals_append_only before update or delete or truncate on approvals for each statement execute function refuse_change();
--> statement-breakpoint
create trigger approval_decisions_append_only before update or delete or truncate on approval_decisions for each statement execute function refuse_change();
