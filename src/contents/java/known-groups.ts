import type { Coordinates } from './coordinates.ts';

/** A library that is published without a `pom.properties`, and under which group it is on Maven Central. */
interface KnownGroup {
  readonly artifacts: RegExp;
  /** Classes of it are in this folder: the name alone proves nothing. */
  readonly folder: string | ((artifact: RegExpExecArray) => string);
  readonly group: string | ((artifact: RegExpExecArray, version: number) => string);
}

/** A group changed with a major version. */
function since(major: number, group: string, older: string) {
  return (_: RegExpExecArray, version: number) => (version >= major ? group : older);
}

const knownGroups: readonly KnownGroup[] = [
  {
    artifacts:
      /^spring-(?:aop|aspects|beans|context|context-indexer|context-support|core|core-test|expression|instrument|jcl|jdbc|jms|messaging|orm|oxm|r2dbc|test|tx|web|webflux|webmvc|webmvc-portlet|websocket)$/,
    folder: 'org/springframework/',
    group: 'org.springframework',
  },
  {
    artifacts: /^spring-boot(?:-[a-z0-9-]+)?$/,
    folder: 'org/springframework/boot/',
    group: 'org.springframework.boot',
  },
  {
    artifacts:
      /^spring-security-(?:acl|aspects|cas|config|core|crypto|data|ldap|messaging|oauth2-[a-z-]+|openid|remoting|rsocket|taglibs|test|web)$/,
    folder: 'org/springframework/security/',
    group: 'org.springframework.security',
  },
  { artifacts: /^tomcat-embed-(?:core|el|jasper|websocket)$/, folder: 'org/apache/', group: 'org.apache.tomcat.embed' },
  { artifacts: /^hibernate-core$/, folder: 'org/hibernate/', group: since(6, 'org.hibernate.orm', 'org.hibernate') },
  { artifacts: /^kotlin-(?:stdlib|reflect)(?:-[a-z0-9-]+)?$/, folder: 'kotlin/', group: 'org.jetbrains.kotlin' },
  { artifacts: /^kotlinx-coroutines-[a-z0-9-]+$/, folder: 'kotlinx/coroutines/', group: 'org.jetbrains.kotlinx' },
  {
    artifacts: /^groovy(?:-[a-z0-9-]+)?$/,
    folder: 'org/codehaus/groovy/',
    group: since(4, 'org.apache.groovy', 'org.codehaus.groovy'),
  },
  { artifacts: /^okhttp(?:-[a-z0-9-]+)?$/, folder: 'okhttp3/', group: 'com.squareup.okhttp3' },
  { artifacts: /^okio(?:-jvm)?$/, folder: 'okio/', group: 'com.squareup.okio' },
  { artifacts: /^retrofit$/, folder: 'retrofit2/', group: 'com.squareup.retrofit2' },
  { artifacts: /^reactor-core$/, folder: 'reactor/core/', group: 'io.projectreactor' },
  { artifacts: /^reactor-netty(?:-core|-http)?$/, folder: 'reactor/netty/', group: 'io.projectreactor.netty' },
  { artifacts: /^micrometer-[a-z0-9-]+$/, folder: 'io/micrometer/', group: 'io.micrometer' },
  { artifacts: /^grpc-[a-z0-9-]+$/, folder: 'io/grpc/', group: 'io.grpc' },
  {
    artifacts: /^bc(?:prov|pkix|pg|util|tls|mail|jmail)-jdk[a-z0-9]+$/,
    folder: 'org/bouncycastle/',
    group: 'org.bouncycastle',
  },
  {
    artifacts: /^kafka-(?:clients|streams|server-common|raft|metadata|storage)$/,
    folder: 'org/apache/kafka/',
    group: 'org.apache.kafka',
  },
  { artifacts: /^kafka_2\.\d+$/, folder: 'kafka/', group: 'org.apache.kafka' },
  { artifacts: /^lucene-[a-z0-9-]+$/, folder: 'org/apache/lucene/', group: 'org.apache.lucene' },
  { artifacts: /^solr-(?:core|solrj)$/, folder: 'org/apache/solr/', group: 'org.apache.solr' },
  { artifacts: /^guice(?:-[a-z-]+)?$/, folder: 'com/google/inject/', group: 'com.google.inject' },
  { artifacts: /^caffeine$/, folder: 'com/github/benmanes/caffeine/', group: 'com.github.ben-manes.caffeine' },
  { artifacts: /^mysql-connector-java$/, folder: 'com/mysql/', group: 'mysql' },
  { artifacts: /^mysql-connector-j$/, folder: 'com/mysql/', group: 'com.mysql' },
  { artifacts: /^h2$/, folder: 'org/h2/', group: 'com.h2database' },
  { artifacts: /^aspectj(?:weaver|rt|tools)$/, folder: 'org/aspectj/', group: 'org.aspectj' },
  {
    artifacts: /^asm(?:-(?:analysis|commons|tree|util))?$/,
    folder: 'org/objectweb/asm/',
    group: since(4, 'org.ow2.asm', 'asm'),
  },
  { artifacts: /^aopalliance$/, folder: 'org/aopalliance/', group: 'aopalliance' },
  { artifacts: /^dom4j$/, folder: 'org/dom4j/', group: since(2, 'org.dom4j', 'dom4j') },
  { artifacts: /^log4j$/, folder: 'org/apache/log4j/', group: 'log4j' },
  { artifacts: /^xercesImpl$/, folder: 'org/apache/xerces/', group: 'xerces' },
  { artifacts: /^xalan$/, folder: 'org/apache/xalan/', group: 'xalan' },
  {
    artifacts:
      /^commons-(beanutils|chain|cli|codec|collections|configuration|dbcp|digester|discovery|el|fileupload|httpclient|io|jxpath|lang|logging|net|pool|validator)$/,
    folder: ([, name = '']) => `org/apache/commons/${name}/`,
    group: ([artifact]) => artifact,
  },
  { artifacts: /^ant(?:-launcher|-junit)?$/, folder: 'org/apache/tools/ant/', group: 'org.apache.ant' },
  { artifacts: /^xz$/, folder: 'org/tukaani/xz/', group: 'org.tukaani' },
  { artifacts: /^postgresql$/, folder: 'org/postgresql/', group: 'org.postgresql' },
  { artifacts: /^protobuf-java(?:-util)?$/, folder: 'com/google/protobuf/', group: 'com.google.protobuf' },
  { artifacts: /^jna(?:-platform)?$/, folder: 'com/sun/jna/', group: 'net.java.dev.jna' },
  { artifacts: /^json-path$/, folder: 'com/jayway/jsonpath/', group: 'com.jayway.jsonpath' },
  { artifacts: /^jdom2$/, folder: 'org/jdom2/', group: 'org.jdom' },
  { artifacts: /^xml-apis$/, folder: 'org/w3c/dom/', group: 'xml-apis' },
  { artifacts: /^oro$/, folder: 'org/apache/oro/', group: 'oro' },
  { artifacts: /^objenesis$/, folder: 'org/objenesis/', group: 'org.objenesis' },
  { artifacts: /^reactive-streams$/, folder: 'org/reactivestreams/', group: 'org.reactivestreams' },
  { artifacts: /^RoaringBitmap$/, folder: 'org/roaringbitmap/', group: 'org.roaringbitmap' },
  { artifacts: /^checker-qual$/, folder: 'org/checkerframework/', group: 'org.checkerframework' },
  { artifacts: /^picocli$/, folder: 'picocli/', group: 'info.picocli' },
  { artifacts: /^junit$/, folder: 'org/junit/', group: 'junit' },
  { artifacts: /^junit-jupiter(?:-[a-z]+)?$/, folder: 'org/junit/jupiter/', group: 'org.junit.jupiter' },
  { artifacts: /^junit-platform-[a-z-]+$/, folder: 'org/junit/platform/', group: 'org.junit.platform' },
  { artifacts: /^hamcrest(?:-core|-library)?$/, folder: 'org/hamcrest/', group: 'org.hamcrest' },
  {
    artifacts: /^opentelemetry-(?:api|common|context|exporter-[a-z-]+|sdk(?:-[a-z-]+)?)$/,
    folder: 'io/opentelemetry/',
    group: 'io.opentelemetry',
  },
  { artifacts: /^scala-(?:library|reflect|compiler)$/, folder: 'scala/', group: 'org.scala-lang' },
];

/** The group of a library that is known by its name and has its classes where that library has them. */
export function knownGroupOf(
  { artifact, version }: Coordinates,
  hasFolder: (folder: string) => boolean,
): string | undefined {
  for (const { artifacts, folder, group } of knownGroups) {
    const called = artifacts.exec(artifact);
    if (!called || !hasFolder(typeof folder === 'string' ? folder : folder(called))) continue;
    return typeof group === 'string' ? group : group(called, Number.parseInt(version, 10));
  }
  return undefined;
}

/** Tomcat's own archives have other file names than on Maven Central; their symbolic names tell. */
export function coordinatesOfTomcat(symbolicName: string): Pick<Coordinates, 'group' | 'artifact'> | undefined {
  const name = /^org\.apache\.tomcat[.-]([a-z-]{1,40})$/.exec(symbolicName)?.[1];
  if (name === undefined) return undefined;
  return {
    group: name.startsWith('embed-') ? 'org.apache.tomcat.embed' : 'org.apache.tomcat',
    artifact: `tomcat-${name}`,
  };
}
