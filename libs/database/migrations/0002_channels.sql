CREATE TABLE "channel_backfills" (
	"channel_id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"state" text NOT NULL,
	"next_at" timestamp with time zone NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"covered_until" timestamp with time zone,
	"silent_since" timestamp with time zone,
	"newest_seen" timestamp with time zone,
	"position" json NOT NULL,
	"conversations" integer DEFAULT 0 NOT NULL,
	"messages" integer DEFAULT 0 NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"problem" text,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "contact_profiles" (
	"channel_id" uuid NOT NULL,
	"customer" text NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text,
	"username" text,
	"picture_url" text,
	"hidden_reason" text,
	"fetched_at" timestamp with time zone,
	"due_at" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "contact_profiles_channel_id_customer_pk" PRIMARY KEY("channel_id","customer")
);
--> statement-breakpoint
CREATE TABLE "graph_rates" (
	"channel_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"next_at" timestamp with time zone NOT NULL,
	CONSTRAINT "graph_rates_channel_id_kind_pk" PRIMARY KEY("channel_id","kind")
);
--> statement-breakpoint
CREATE TABLE "message_templates" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"business_account_id" text NOT NULL,
	"meta_template_id" text NOT NULL,
	"name" text NOT NULL,
	"language" text NOT NULL,
	"category" text NOT NULL,
	"status" text NOT NULL,
	"status_at" timestamp with time zone NOT NULL,
	"quality" text,
	"reason" text,
	"definition" json NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
DROP INDEX "channels_platform_external";--> statement-breakpoint
ALTER TABLE "channel_credentials" ADD COLUMN "token_renew_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "details" json DEFAULT '{}'::json NOT NULL;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "details_due_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "templates_synced_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "templates_due_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "released_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "channel_backfills_next" ON "channel_backfills" USING btree ("next_at");--> statement-breakpoint
CREATE INDEX "contact_profiles_due" ON "contact_profiles" USING btree ("channel_id","due_at") WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX "contact_profiles_customer" ON "contact_profiles" USING btree ("customer");--> statement-breakpoint
CREATE UNIQUE INDEX "message_templates_name" ON "message_templates" USING btree ("workspace_id","business_account_id","name","language");--> statement-breakpoint
CREATE INDEX "message_templates_list" ON "message_templates" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE INDEX "message_templates_meta" ON "message_templates" USING btree ("workspace_id","business_account_id","meta_template_id");--> statement-breakpoint
CREATE INDEX "channel_credentials_renew" ON "channel_credentials" USING btree ("token_renew_at") WHERE token_renew_at is not null;--> statement-breakpoint
CREATE INDEX "channels_details_due" ON "channels" USING btree ("details_due_at") WHERE details_due_at is not null;--> statement-breakpoint
CREATE INDEX "channels_templates_due" ON "channels" USING btree ("templates_due_at") WHERE templates_due_at is not null;--> statement-breakpoint
CREATE INDEX "channels_connecting" ON "channels" USING btree ("status_at") WHERE status in ('connecting', 'reconnecting');--> statement-breakpoint
CREATE INDEX "channels_meta_app" ON "channels" USING btree ("meta_app_id");--> statement-breakpoint
CREATE UNIQUE INDEX "channels_platform_external" ON "channels" USING btree ("platform","external_id") WHERE released_at is null;