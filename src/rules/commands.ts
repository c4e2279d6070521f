/** The command lines that do what the interface does. Ids and visibilities hold no characters a shell would read. */
export const commands = {
  runApp: (appId: string, visibility: string) => `h2o app run ${appId} -v ${visibility}`,
  getApp: (appId: string) => `h2o app get ${appId}`,
  bundle: () => 'h2o bundle',
  importBundle: (visibility: string) => `h2o bundle import -v ${visibility}`,
  deployBundle: () => 'h2o bundle deploy',
  listInstances: () => 'h2o instance list',
  instanceLogs: (instanceId: string) => `h2o instance logs ${instanceId} -f`,
  suspend: (instanceId: string) => `h2o instance suspend ${instanceId}`,
  resume: (instanceId: string) => `h2o instance resume ${instanceId}`,
  terminate: (instanceId: string) => `h2o instance terminate ${instanceId}`,
} as const
