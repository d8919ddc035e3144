/// The sets of numbers that scoring knows; a file each.
package enum Score {}
