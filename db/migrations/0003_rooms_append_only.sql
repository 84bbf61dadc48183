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
create trigger pay_facts_append_only before update or delete or truncate on pay_facts for each statement execute function refuse_change();
--> statement-breakpoint
create trigger pay_settings_append_only before update or delete or truncate on pay_settings for each statement execute function refuse_change();
--> statement-breakpoint
create trigger scheme_texts_append_only before update or delete or truncate on scheme_texts for each statement execute function refuse_change();
--> statement-breakpoint
create trigger scheme_proposals_append_only before update or delete or truncate on scheme_proposals for each statement execute function refuse_change();
--> statement-breakpoint
create trigger scheme_adoptions_append_only before update or delete or truncate on scheme_adoptions for each statement execute function refuse_change();
--> statement-breakpoint
create trigger pay_estimates_append_only before update or delete or truncate on pay_estimates for each statement execute function refuse_change();
--> statement-breakpoint
create trigger pay_runs_append_only before update or delete or truncate on pay_runs for each statement execute function refuse_change();
--> statement-breakpoint
create trigger pay_run_steps_append_only before update or delete or truncate on pay_run_steps for each statement execute function refuse_change();
--> statement-breakpoint
create trigger settlements_append_only before update or delete or truncate on settlements for each statement execute function refuse_change();
--> statement-breakpoint
create trigger pay_postings_append_only before update or delete or truncate on pay_postings for each statement execute function refuse_change();
--> statement-breakpoint
create trigger pay_corrections_append_only before update or delete or truncate on pay_corrections for each statement execute function refuse_change();
--> statement-breakpoint
create trigger payslips_append_only before update or delete or truncate on payslips for each statement execute function refuse_change();
--> statement-breakpoint
create trigger payslip_answers_append_only before update or delete or truncate on payslip_answers for each statement execute function refuse_change();
--> statement-breakpoint
create trigger pay_asks_append_only before update or delete or truncate on pay_asks for each statement execute function refuse_change();
--> statement-breakpoint
-- Double entry: what one statement posts adds up to 0 for each settlement, and pays what the settlement says. Checked by statement rather
-- than deferred by row, because a month has tens of thousands of postings.
create function postings_balance() returns trigger language plpgsql as $$
declare wrong bigint;
begin
  select settlement_id into wrong from added group by settlement_id having sum(amount_fen) <> 0 limit 1;
  if found then
    raise exception 'the postings of settlement % do not add up to 0', wrong using errcode = 'integrity_constraint_violation';
  end if;
  select settlements.id into wrong from settlements join added on added.settlement_id = settlements.id
    where added.account = 'payable' and added.amount_fen <> settlements.total_fen limit 1;
  if found then
    raise exception 'settlement % is posted with another total', wrong using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger pay_postings_balance after insert on pay_postings referencing new table as added for each statement execute function postings_balance();
--> statement-breakpoint
create trigger record_entries_append_only before update or delete or truncate on record_entries for each statement execute function refuse_change();
--> statement-breakpoint
create trigger approvals_append_only before update or delete or truncate on approvals for each statement execute function refuse_change();
--> statement-breakpoint
create trigger approval_decisions_append_only before update or delete or truncate on approval_decisions for each statement execute function refuse_change();
