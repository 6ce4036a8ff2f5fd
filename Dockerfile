FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build

# The e2e suite, over the stores that DATABASE_URL and REDIS_URL name.
FROM build AS test
CMD ["npm", "run", "test:services:suite"]

FROM build AS dependencies
RUN npm prune --omit=dev

FROM node:24-bookworm-slim AS server
ENV NODE_ENV=production SWITCHBOARD_DATA_DIR=/data
WORKDIR /app
RUN install -d -o node -g node /data /media
COPY --from=dependencies /app/package.json ./
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=dependencies /app/libs/database/migrations ./libs/database/migrations
COPY --from=dependencies /app/libs/contracts/asyncapi.json ./libs/contracts/asyncapi.json
COPY --from=dependencies /app/libs/flows/examples ./libs/flows/examples
COPY --from=dependencies /app/libs/flows/flow.schema.json ./libs/flows/flow.schema.json
COPY --from=dependencies /app/dist ./dist
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=5s --timeout=4s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/health/ready`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Without npm or a shell in between, so that SIGTERM reaches the server and it can drain.
CMD ["node", "--max-semi-space-size=32", "--enable-source-maps", "dist/apps/server/src/main.js"]
