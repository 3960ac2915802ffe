import { expect, test } from 'vitest';
import { catalogedFile } from '../../../test/cataloged.ts';
import { expectToSurvive, gapsIn, packagesIn } from '../../../test/language-packages.ts';
import { mavenPom } from './maven-pom.ts';

const path = 'app/pom.xml';
const pom = `<?xml version="1.0"?>
<!DOCTYPE project [ <!ENTITY lol "lol"> ]>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <parent><groupId>org.example</groupId><artifactId>parent</artifactId><version>2.0</version></parent>
  <artifactId>shop</artifactId>
  <properties>
    <spring>6.1.2</spring>
    <alias>\${spring}</alias>
    <circle>\${circle}</circle>
  </properties>
  <dependencyManagement><dependencies>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-api</artifactId><version>2.0.9</version></dependency>
    <dependency><groupId>unused</groupId><artifactId>unused</artifactId><version>1</version></dependency>
  </dependencies></dependencyManagement>
  <dependencies>
    <dependency><groupId>org.springframework</groupId><artifactId>spring-web</artifactId><version>\${alias}</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-api</artifactId></dependency>
    <dependency>
      <groupId>\${project.groupId}</groupId><artifactId>part</artifactId><version>\${project.version}</version>
      <classifier>linux</classifier><type>zip</type>
      <exclusions><exclusion><groupId>no</groupId><artifactId>no</artifactId></exclusion></exclusions>
    </dependency>
    <dependency><groupId>junit</groupId><artifactId>junit</artifactId><version>4.13.2</version><scope>test</scope></dependency>
    <dependency><groupId>g</groupId><artifactId>elsewhere</artifactId></dependency>
    <dependency><groupId>g</groupId><artifactId>range</artifactId><version>[1.0,2.0)</version></dependency>
    <dependency><groupId>g</groupId><artifactId>circle</artifactId><version>\${circle}</version></dependency>
  </dependencies>
  <build><plugins><plugin><dependencies>
    <dependency><groupId>p</groupId><artifactId>p</artifactId><version>1</version></dependency>
  </dependencies></plugin></plugins></build>
</project>
`;

test('tells libraries whose version is in the file, also by properties and management', () => {
  expect(packagesIn(mavenPom, path, pom)).toEqual([
    'pkg:maven/org.springframework/spring-web@6.1.2',
    'pkg:maven/org.slf4j/slf4j-api@2.0.9',
    'pkg:maven/org.example/part@2.0?classifier=linux&type=zip',
    'pkg:maven/junit/junit@4.13.2 development',
  ]);
  expect(gapsIn(mavenPom, path, pom)).toEqual(['it does not say the version of g:elsewhere, g:range, g:circle']);
});

test('properties that grow end as not known', () => {
  const properties = Array.from({ length: 40 }, (_, index) => {
    const next = `\${p${index + 1}}`;
    return `<p${index}>${next.repeat(10)}</p${index}>`;
  });
  const dependency = '<dependency><groupId>g</groupId><artifactId>a</artifactId><version>${p0}</version></dependency>';
  const text = `<project><properties>${properties.join('')}</properties><dependencies>${dependency}</dependencies></project>`;
  expect(gapsIn(mavenPom, path, text)).toEqual(['it does not say the version of g:a']);
});

test('a property that is longer than any version is none', () => {
  const properties = `<p>${'1'.repeat(4_000_000)}</p>`;
  const version = '${p}'.repeat(200);
  const dependency = `<dependency><groupId>g</groupId><artifactId>a</artifactId><version>${version}</version></dependency>`;
  const text = `<project><properties>${properties}</properties><dependencies>${dependency}</dependencies></project>`;
  expect(gapsIn(mavenPom, path, text)).toEqual(['it does not say the version of g:a']);
});

test.each([
  ['<a/>', 'it has no `project`'],
  ['<project>'.repeat(1000), 'its elements are nested too deep'],
  ['<project><dependencies', 'what begins at offset 9 does not end'],
])('%#: refused', (text, reason) => {
  expect(() => mavenPom.read(catalogedFile(path, text))).toThrow(reason);
});

test('the pom of a library in an archive that was unpacked is not of a project here', () => {
  expect(mavenPom.read(catalogedFile('app/META-INF/maven/g/a/pom.xml', pom))).toEqual({});
});

test('reads whatever bytes it is given', () => {
  expect(() => expectToSurvive(mavenPom, path, pom)).not.toThrow();
});
