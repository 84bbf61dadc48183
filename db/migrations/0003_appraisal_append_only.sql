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
