DROP INDEX "conversations_channel_contact";--> statement-breakpoint
DROP INDEX "conversations_contact";--> statement-breakpoint
DROP INDEX "messages_history";--> statement-breakpoint
DROP INDEX "messages_search";--> statement-breakpoint
CREATE UNIQUE INDEX "conversations_contact" ON "conversations" USING btree ("contact_id","channel_id");--> statement-breakpoint
CREATE INDEX "messages_history" ON "messages" USING btree ("conversation_id","sent_at","id","inbound_seq");--> statement-breakpoint
CREATE INDEX "messages_search" ON "messages" USING gin ((search || array_to_tsvector(array[case when channel_id is null then 'internal:' || workspace_id::text else workspace_id::text || ':' || (((sent_at at time zone 'UTC')::date - date '4714-11-24 BC') / 3)::text end]))) WITH (fastupdate=true,gin_pending_list_limit=1024);