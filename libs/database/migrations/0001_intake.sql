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
ALTER TABLE "messages" ADD COLUMN "edited_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "referrals_contact" ON "referrals" USING btree ("channel_id","contact_id","id");