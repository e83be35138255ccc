/** Where a connection leads. */
export type Target = { readonly host: string; readonly port: number };

/** `host:port`, with brackets where the host is an address of IPv6. */
export const authorityOf = ({ host, port }: Target): string => `${host.includes(':') ? `[${host}]` : host}:${port}`;
