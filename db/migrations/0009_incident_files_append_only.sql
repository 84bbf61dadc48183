-- Evidence stays on record; see 0001_append_only.
create trigger incident_files_append_only before update or delete or truncate on incident_files for each statement execute function refuse_change();
