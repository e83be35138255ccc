/** The configuration that `/api/v2/status` shows. */
export const configuration = `global:
  resolve_timeout: 5m
route:
  receiver: nobody
  group_by:
  - alertname
  - namespace
  routes:
  - receiver: pager
    matchers:
    - severity="critical"
  - receiver: chat
    matchers:
    - severity=~"warning|info"
inhibit_rules:
- source_matchers:
  - severity="critical"
  - signal="errors"
  target_matchers:
  - severity="warning"
  - signal="latency"
  equal:
  - namespace
  - service_name
  - http_route
- source_matchers:
  - alertname="InfoInhibitor"
  target_matchers:
  - severity="info"
  equal:
  - namespace
receivers:
- name: nobody
- name: pager
- name: chat
`;
