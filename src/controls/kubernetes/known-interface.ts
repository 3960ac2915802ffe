/** Services of programs that people administer other things with, by the name that their charts and manifests give them. */
const names = [
  'adminer',
  'airflow-web(?:server)?',
  'alertmanager(?:-main|-operated)?',
  'argo-server',
  'argo-workflows-server',
  'argocd-server',
  'centraldashboard',
  'consul-ui',
  'goldilocks-dashboard',
  'grafana(?:-service)?',
  'headlamp',
  'hubble-ui',
  'jaeger-query',
  'jenkins',
  'jupyterhub',
  'k8s-dashboard',
  'kiali',
  'kibana(?:-kb-http|-kibana)?',
  'kube-ops-view',
  'kubecost-cost-analyzer',
  'kubernetes-dashboard(?:-kong-proxy|-web)?',
  'longhorn-frontend',
  'minio-console',
  'mongo-express',
  'nifi',
  'octant',
  'opensearch-dashboards',
  'pgadmin4?',
  'phpmyadmin',
  'polaris-dashboard',
  'portainer(?:-ce)?',
  'prometheus(?:-k8s|-operated|-prometheus|-server)?',
  'rancher',
  'redis-commander',
  'skooner',
  'spark-history-server',
  'tekton-dashboard',
  'traefik-dashboard',
  'vault-ui',
  'weave-scope-app',
];

const pattern = new RegExp(`^(?:[a-z0-9-]*-)?(?:${names.join('|')})$`);

/** Whether a Service has the name of a well-known administrative interface; a release's name in front does not matter. */
export function isAdministrative(service: string): boolean {
  return service.length < 64 && pattern.test(service);
}
