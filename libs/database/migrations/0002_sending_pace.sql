DROP INDEX "outbound_order";--> statement-breakpoint
ALTER TABLE "send_rates" ADD COLUMN "pace" real DEFAULT 1 NOT NULL;--> statement-breakpoint
CREATE INDEX "outbound_order" ON "outbound_messages" USING btree ("conversation_id","sequence") WHERE state in ('held', 'queued', 'sending');