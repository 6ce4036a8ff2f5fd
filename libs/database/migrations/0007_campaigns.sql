CREATE TABLE "campaign_progress" (
	"campaign_id" uuid PRIMARY KEY NOT NULL,
	"tally" jsonb NOT NULL,
	"dirty" boolean DEFAULT false NOT NULL,
	"told_at" timestamp with time zone,
	"told_left" integer DEFAULT 0 NOT NULL,
	"since" jsonb
);
--> statement-breakpoint
CREATE TABLE "campaign_recipients" (
	"campaign_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"workspace_id" uuid NOT NULL,
	"variant" text NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"error" json,
	"time_zone" text,
	"due_at" timestamp with time zone NOT NULL,
	"message_id" uuid,
	"queued_at" timestamp with time zone,
	"replied_at" timestamp with time zone,
	CONSTRAINT "campaign_recipients_campaign_id_contact_id_pk" PRIMARY KEY("campaign_id","contact_id")
);
--> statement-breakpoint
CREATE TABLE "campaign_signals" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"campaign_id" uuid NOT NULL,
	"message_id" uuid,
	"contact_id" uuid,
	"at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "campaigns" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"name" text NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"reason" json,
	"audience" json NOT NULL,
	"variants" json NOT NULL,
	"consent" text DEFAULT 'no_opt_out' NOT NULL,
	"schedule" json,
	"starts_at" timestamp with time zone,
	"failure_ratio" real,
	"attribution_hours" integer DEFAULT 72 NOT NULL,
	"quality_before" text,
	"retry_of" uuid,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "campaign_id" uuid;--> statement-breakpoint
CREATE INDEX "campaign_progress_dirty" ON "campaign_progress" USING btree ("told_at") WHERE dirty;--> statement-breakpoint
CREATE INDEX "campaign_recipients_due" ON "campaign_recipients" USING btree ("campaign_id","due_at","contact_id") WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX "campaign_recipients_open" ON "campaign_recipients" USING btree ("campaign_id") WHERE state in ('queued', 'unknown');--> statement-breakpoint
CREATE INDEX "campaign_recipients_state" ON "campaign_recipients" USING btree ("campaign_id","state","contact_id");--> statement-breakpoint
CREATE INDEX "campaign_recipients_message" ON "campaign_recipients" USING btree ("message_id") WHERE message_id is not null;--> statement-breakpoint
CREATE INDEX "campaign_recipients_contact" ON "campaign_recipients" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "campaign_recipients_sent" ON "campaign_recipients" USING btree ("workspace_id","queued_at") WHERE queued_at is not null;--> statement-breakpoint
CREATE INDEX "campaign_signals_campaign" ON "campaign_signals" USING btree ("campaign_id","id");--> statement-breakpoint
CREATE INDEX "campaigns_list" ON "campaigns" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE INDEX "campaigns_active" ON "campaigns" USING btree ("channel_id","id") WHERE status in ('scheduled', 'running', 'paused');