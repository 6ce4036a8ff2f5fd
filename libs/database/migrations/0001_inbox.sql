CREATE TABLE "api_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"scopes" text[],
	"hash" "bytea" NOT NULL,
	"hint" text NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone,
	"last_used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "api_keys_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"invited_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"accepted_at" timestamp with time zone,
	"accepted_by" uuid,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "invitations_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"action" text NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" uuid,
	"actor_name" text,
	"subject_kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"subject_name" text,
	"details" json NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
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
CREATE TABLE "canned_replies" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"shortcut" text NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "conversation_participants" (
	"conversation_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"workspace_id" uuid NOT NULL,
	"read_count" integer DEFAULT 0 NOT NULL,
	"joined_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "conversation_participants_conversation_id_user_id_pk" PRIMARY KEY("conversation_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "internal_conversations" (
	"conversation_id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"title" text,
	"direct_key" text,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "labels" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"color" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "message_edits" (
	"channel_id" uuid NOT NULL,
	"platform_message_id" text NOT NULL,
	"revision" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by" text NOT NULL,
	"type" text NOT NULL,
	"content" json NOT NULL,
	CONSTRAINT "message_edits_channel_id_platform_message_id_pk" PRIMARY KEY("channel_id","platform_message_id")
);
--> statement-breakpoint
CREATE TABLE "referrals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"platform_message_id" text,
	"source" text,
	"ref" text,
	"ad_id" text,
	"click_id" text,
	"referral" json NOT NULL,
	"at" timestamp with time zone NOT NULL
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
DROP INDEX "conversations_inbox";--> statement-breakpoint
DROP INDEX "messages_history";--> statement-breakpoint
ALTER TABLE "conversations" ALTER COLUMN "channel_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "conversations" ALTER COLUMN "contact_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ALTER COLUMN "channel_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ALTER COLUMN "contact_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "status_reason" text;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "status_attempt" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "status_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "snoozed_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "assignee_id" uuid;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "label_ids" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "error" json;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "edited_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "search" "tsvector" GENERATED ALWAYS AS (to_tsvector('simple', regexp_replace(left(content::text, 8000), '"[A-Za-z_]+":("https?:[^"]*")?|\\(u[0-9a-f]{4}|.)', ' ', 'g'))) STORED;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_log" ADD CONSTRAINT "audit_log_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "canned_replies" ADD CONSTRAINT "canned_replies_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation_participants" ADD CONSTRAINT "conversation_participants_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "internal_conversations" ADD CONSTRAINT "internal_conversations_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "labels" ADD CONSTRAINT "labels_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "api_keys_workspace" ON "api_keys" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE INDEX "invitations_workspace" ON "invitations" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_open" ON "invitations" USING btree ("workspace_id","email") WHERE accepted_at is null and revoked_at is null;--> statement-breakpoint
CREATE INDEX "invitations_expiry" ON "invitations" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "audit_log_workspace" ON "audit_log" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE INDEX "audit_log_action" ON "audit_log" USING btree ("workspace_id","action","id");--> statement-breakpoint
CREATE INDEX "audit_log_actor" ON "audit_log" USING btree ("workspace_id","actor_id","id");--> statement-breakpoint
CREATE INDEX "audit_log_subject" ON "audit_log" USING btree ("workspace_id","subject_id","id");--> statement-breakpoint
CREATE INDEX "channel_credentials_workspace" ON "channel_credentials" USING btree ("workspace_id");--> statement-breakpoint
CREATE UNIQUE INDEX "canned_replies_shortcut" ON "canned_replies" USING btree ("workspace_id",lower(shortcut));--> statement-breakpoint
CREATE INDEX "canned_replies_workspace" ON "canned_replies" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE INDEX "conversation_participants_user" ON "conversation_participants" USING btree ("workspace_id","user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "internal_conversations_direct" ON "internal_conversations" USING btree ("workspace_id","direct_key");--> statement-breakpoint
CREATE UNIQUE INDEX "labels_name" ON "labels" USING btree ("workspace_id",lower(name)) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "labels_workspace" ON "labels" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE INDEX "labels_deleted" ON "labels" USING btree ("id") WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX "referrals_contact" ON "referrals" USING btree ("channel_id","contact_id","id");--> statement-breakpoint
CREATE INDEX "outbound_due" ON "outbound_messages" USING btree ("channel_id","priority","sequence") WHERE state = 'queued';--> statement-breakpoint
CREATE INDEX "outbound_order" ON "outbound_messages" USING btree ("conversation_id","sequence") WHERE state in ('queued', 'sending');--> statement-breakpoint
CREATE INDEX "outbound_unsettled" ON "outbound_messages" USING btree ("state","sending_since") WHERE state in ('sending', 'unknown');--> statement-breakpoint
CREATE INDEX "outbound_held" ON "outbound_messages" USING btree ("channel_id") WHERE state = 'held';--> statement-breakpoint
CREATE INDEX "outbound_conversation" ON "outbound_messages" USING btree ("conversation_id");--> statement-breakpoint
CREATE INDEX "send_keys_created" ON "send_keys" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "send_pairs_next" ON "send_pairs" USING btree ("next_slot");--> statement-breakpoint
CREATE INDEX "contacts_words" ON "contacts" USING gin ((to_tsvector('simple', left(coalesce(name, '') || ' ' || coalesce(username, '') || ' ' || coalesce(phone, ''), 2000)) || array_to_tsvector(array[workspace_id::text])));--> statement-breakpoint
CREATE INDEX "conversations_channel" ON "conversations" USING btree ("channel_id","status","last_message_at","id") WHERE channel_id is not null;--> statement-breakpoint
CREATE INDEX "conversations_assigned" ON "conversations" USING btree ("workspace_id","assignee_id","status","last_message_at","id") WHERE assignee_id is not null;--> statement-breakpoint
CREATE INDEX "conversations_unassigned" ON "conversations" USING btree ("workspace_id","status","last_message_at","id") WHERE assignee_id is null and channel_id is not null;--> statement-breakpoint
CREATE INDEX "conversations_unread" ON "conversations" USING btree ("workspace_id","status","last_message_at","id") WHERE inbound_count > read_count and channel_id is not null;--> statement-breakpoint
CREATE INDEX "conversations_labels" ON "conversations" USING gin ("label_ids") WHERE label_ids <> '{}';--> statement-breakpoint
CREATE INDEX "conversations_snoozed" ON "conversations" USING btree ("snoozed_until") WHERE status = 'snoozed';--> statement-breakpoint
CREATE INDEX "messages_recent" ON "messages" USING btree ("workspace_id","sent_at","id") WHERE channel_id is not null;--> statement-breakpoint
CREATE INDEX "messages_search" ON "messages" USING gin ((search || array_to_tsvector(array[case when channel_id is null then 'internal:' else '' end || workspace_id::text]))) WITH (fastupdate=true,gin_pending_list_limit=1024);--> statement-breakpoint
CREATE UNIQUE INDEX "messages_internal_client" ON "messages" USING btree ("conversation_id",(author ->> 'id'),"client_id") WHERE channel_id is null and client_id is not null;--> statement-breakpoint
CREATE INDEX "conversations_inbox" ON "conversations" USING btree ("workspace_id","status","last_message_at","id") WHERE channel_id is not null;--> statement-breakpoint
CREATE INDEX "messages_history" ON "messages" USING btree ("conversation_id","sent_at","id");