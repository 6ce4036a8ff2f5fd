CREATE TABLE "channel_credentials" (
	"channel_id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"token" text NOT NULL,
	"token_expires_at" timestamp with time zone,
	"login" text DEFAULT 'facebook' NOT NULL,
	"graph_host" text,
	"graph_version" text,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outbound_messages" (
	"message_id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"sequence" bigserial NOT NULL,
	"priority" smallint NOT NULL,
	"state" text NOT NULL,
	"rate" text NOT NULL,
	"request" json NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sending_since" timestamp with time zone,
	"unknown_since" timestamp with time zone,
	"lookups" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "send_keys" (
	"workspace_id" uuid NOT NULL,
	"actor_id" uuid NOT NULL,
	"key" text NOT NULL,
	"request_hash" "bytea" NOT NULL,
	"message_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "send_keys_workspace_id_actor_id_key_pk" PRIMARY KEY("workspace_id","actor_id","key")
);
--> statement-breakpoint
CREATE TABLE "send_pairs" (
	"channel_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"next_slot" timestamp with time zone NOT NULL,
	"blocked_until" timestamp with time zone,
	"throttled" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "send_pairs_channel_id_contact_id_pk" PRIMARY KEY("channel_id","contact_id")
);
--> statement-breakpoint
CREATE TABLE "send_rates" (
	"channel_id" uuid NOT NULL,
	"rate" text NOT NULL,
	"workspace_id" uuid NOT NULL,
	"next_slot" timestamp with time zone DEFAULT now() NOT NULL,
	"blocked_until" timestamp with time zone,
	"throttled" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "send_rates_channel_id_rate_pk" PRIMARY KEY("channel_id","rate")
);
--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "status_reason" text;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "status_attempt" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "status_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "error" json;--> statement-breakpoint
CREATE INDEX "channel_credentials_workspace" ON "channel_credentials" USING btree ("workspace_id");--> statement-breakpoint
CREATE INDEX "outbound_due" ON "outbound_messages" USING btree ("channel_id","priority","sequence") WHERE state = 'queued';--> statement-breakpoint
CREATE INDEX "outbound_order" ON "outbound_messages" USING btree ("conversation_id","sequence") WHERE state in ('queued', 'sending');--> statement-breakpoint
CREATE INDEX "outbound_unsettled" ON "outbound_messages" USING btree ("state","sending_since") WHERE state in ('sending', 'unknown');--> statement-breakpoint
CREATE INDEX "outbound_held" ON "outbound_messages" USING btree ("channel_id") WHERE state = 'held';--> statement-breakpoint
CREATE INDEX "outbound_conversation" ON "outbound_messages" USING btree ("conversation_id");--> statement-breakpoint
CREATE INDEX "send_keys_created" ON "send_keys" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "send_pairs_next" ON "send_pairs" USING btree ("next_slot");