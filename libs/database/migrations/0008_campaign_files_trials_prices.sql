CREATE TABLE "campaign_prices" (
	"workspace_id" uuid PRIMARY KEY NOT NULL,
	"currency" text NOT NULL,
	"prices" json NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "conversions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"key" text NOT NULL,
	"contact_id" uuid NOT NULL,
	"campaign_id" uuid,
	"recipient_id" uuid,
	"variant" text,
	"name" text NOT NULL,
	"value" numeric,
	"currency" text,
	"at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contact_import_rows" (
	"import_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"workspace_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"record" jsonb NOT NULL,
	CONSTRAINT "contact_import_rows_import_id_contact_id_pk" PRIMARY KEY("import_id","contact_id")
);
--> statement-breakpoint
CREATE TABLE "bulk_rates" (
	"channel_id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"pace" real NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"next_slot" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "campaign_recipients" ADD COLUMN "row" json;--> statement-breakpoint
ALTER TABLE "campaign_recipients" ADD COLUMN "pricing" text;--> statement-breakpoint
ALTER TABLE "campaign_recipients" ADD COLUMN "phone_prefix" text;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "trial" json;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "decide_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "decision" json;--> statement-breakpoint
ALTER TABLE "contact_imports" ADD COLUMN "duplicates" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "conversions_key" ON "conversions" USING btree ("workspace_id","key");--> statement-breakpoint
CREATE INDEX "conversions_campaign" ON "conversions" USING btree ("campaign_id","recipient_id") WHERE campaign_id is not null;--> statement-breakpoint
CREATE INDEX "conversions_contact" ON "conversions" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "contact_import_rows_contact" ON "contact_import_rows" USING btree ("contact_id");