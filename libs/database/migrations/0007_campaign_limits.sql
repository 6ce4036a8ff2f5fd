CREATE INDEX "campaign_progress_dirty" ON "campaign_progress" USING btree ("told_at") WHERE dirty;--> statement-breakpoint
CREATE INDEX "campaign_recipients_sent" ON "campaign_recipients" USING btree ("workspace_id","queued_at") WHERE queued_at is not null;--> statement-breakpoint
ALTER TABLE "campaign_recipients" DROP COLUMN "row";