/** An ordinary manifest of about 5 kB: a Deployment of two containers, of which one is hardened, and its Service. */
export function manifest(index: number): string {
  const settings = Array.from(
    { length: 15 },
    (_, each) => `            - name: SETTING_${each}\n              value: "value-${each}-of-${index}"\n`,
  ).join('');
  const container = (name: string, more: string) => `        - name: ${name}
          image: registry.example/team/${name}:${index}.2.0
          ports:
            - name: http
              containerPort: 8080
          env:
${settings}            - name: DB_PASSWORD
              valueFrom:
                secretKeyRef:
                  name: db
                  key: password
          resources:
            limits:
              memory: 256Mi
              cpu: 500m
            requests:
              memory: 128Mi
              cpu: 100m
${more}          readinessProbe:
            httpGet:
              path: /healthz
              port: http
          volumeMounts:
            - name: tmp
              mountPath: /tmp
`;
  const hardened = `          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            runAsNonRoot: true
            runAsUser: 10001
            seccompProfile:
              type: RuntimeDefault
            capabilities:
              drop:
                - ALL
`;
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-${index}
  namespace: team-${index % 20}
  labels:
    app: app-${index}
spec:
  replicas: 3
  selector:
    matchLabels:
      app: app-${index}
  template:
    metadata:
      labels:
        app: app-${index}
    spec:
      containers:
${container('app', index % 2 === 0 ? '' : hardened)}${container('proxy', hardened)}      volumes:
        - name: tmp
          emptyDir: {}
---
apiVersion: v1
kind: Service
metadata:
  name: app-${index}
  namespace: team-${index % 20}
spec:
  selector:
    app: app-${index}
  ports:
    - port: 80
      targetPort: http
`;
}
