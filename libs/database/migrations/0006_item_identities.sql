CREATE TABLE "webhook_item_identities" (
	"scope_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"value" text NOT NULL,
	"item_id" uuid NOT NULL,
	CONSTRAINT "webhook_item_identities_scope_id_kind_value_item_id_pk" PRIMARY KEY("scope_id","kind","value","item_id")
);
--> statement-breakpoint
CREATE TABLE "webhook_item_repeats" (
	"item_id" uuid NOT NULL,
	"delivery_id" bigint NOT NULL,
	"path" text NOT NULL,
	CONSTRAINT "webhook_item_repeats_item_id_delivery_id_path_pk" PRIMARY KEY("item_id","delivery_id","path")
);
--> statement-breakpoint
CREATE INDEX "webhook_item_identities_item" ON "webhook_item_identities" USING brin ("item_id" uuid_minmax_ops);