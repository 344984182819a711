# One image for both programs of Mailpath: `docker build --target api .` and `docker build --target agent .`
FROM node:24-bookworm-slim AS build
WORKDIR /mailpath
COPY . .
# What only builds and tests need goes here: a layer that is taken away later would still be in the image. Postgres comes
# from DATABASE_URL: without the optional packages there is no embedded one, and no second Node.
RUN npm ci --no-audit --no-fund && npm run build && npm run build:agent -- --only bundle \
  && npm prune --omit=dev --omit=optional && rm -rf test tools docs .ci

FROM node:24-bookworm-slim AS api
WORKDIR /mailpath
ENV NODE_ENV=production MAILPATH_HOST=0.0.0.0 MAILPATH_PORT=8025 MAILPATH_HOME=/var/lib/mailpath \
  MAILPATH_DASHBOARD=/mailpath/apps/web/dist MAILPATH_DOWNLOADS=/mailpath/dist/agent
COPY --from=build /mailpath /mailpath
RUN mkdir -p /var/lib/mailpath && chown node:node /var/lib/mailpath
USER node
VOLUME /var/lib/mailpath
EXPOSE 8025
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD node apps/api/dist/app/ready.command.js
CMD ["node", "--enable-source-maps", "apps/api/dist/main.js"]

FROM node:24-bookworm-slim AS agent
COPY --from=build /mailpath/dist/mailpath-agent.cjs /opt/mailpath/mailpath-agent.cjs
RUN mkdir -p /var/lib/mailpath-agent && chown node:node /var/lib/mailpath-agent
USER node
VOLUME /var/lib/mailpath-agent
ENV MAILPATH_AGENT_HOME=/var/lib/mailpath-agent
ENTRYPOINT ["node", "/opt/mailpath/mailpath-agent.cjs"]
CMD ["run"]
