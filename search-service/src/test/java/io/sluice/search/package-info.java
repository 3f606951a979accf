/** Tests of search. */
package io.sluice.search;
