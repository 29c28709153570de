#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/scenario/reading/reading.hpp"

// The chapters of a scenario, each read by the source of its name. read_world() says in which
// order.

namespace chokepoint {

// check_load

/// Reports lists that multiply each other beyond measure: pools, pairs of buyers and offers,
/// routes. False after a report: a world of this size is not even read.
bool check_size(const Composed& composed, Diagnostics& found);

/// Reports what a run would choke on, each with its estimate and at what contributes most to it:
/// checkpoints saved, and on their way at the same time; windows of services; values sampled;
/// deliveries; hosts. Figures that are believable one by one can ask for more of these than a
/// machine has time or memory for. proto/scenario states the bounds.
/// Requires: everything was read without an error.
void check_load(const Reading& reading);

// read_sources

/// Reads where figures come from: `sources`.
void read_sources(Reading& reading);

// read_policy

/// Groups of countries; before anything that lists countries.
void read_country_groups(Reading& reading);

/// Rules, exceptions, quotas, events, sales at home and reactions; who answers whom, succeeds whom
/// and owns whom is worked out. Needs devices, orgs and items.
void read_policy(Reading& reading);

// read_rules

/// Every rule, in the scenario's order.
void read_rules(Reading& reading);

/// Every exception, in the scenario's order. Needs the rules.
void read_exceptions(Reading& reading);

// read_predicate

/// The test of an item at `at`. Reports a pair of bounds that nothing can meet.
Predicate read_predicate(Reading& reading, const Cursor& at);

/// The test of a party at `at`.
PartyTest read_party_test(Reading& reading, const Cursor& at);

/// The countries that `field` of `at` lists, by their codes or by the names of groups. Requires:
/// the groups have been read.
CountrySet read_countries(const Reading& reading, const Cursor& at, const std::string& field,
                          const google::protobuf::RepeatedPtrField<std::string>& written);

/// Indices in `known` of the words that `field` of `at` lists; new ones are added. A word that is
/// not known matches nothing and is allowed, since rules are shared between scenarios, unless it
/// looks like a slip of the pen; `relation` then says what nothing is: "org is of class".
std::vector<std::uint32_t> read_words(
    const Cursor& at, const std::string& field,
    const google::protobuf::RepeatedPtrField<std::string>& written, const std::string& relation,
    std::vector<std::string>& known);

// read_orgs

/// Reads the parties: `orgs`, and the classes of buyers that they are in.
void read_orgs(Reading& reading);

// read_hardware

/// Reads `devices`.
void read_devices(Reading& reading);

/// Reads `nodes`. The power of a node that states none is its share of the unit's power, else the
/// devices' TDP times 1.5, for hosts, fans and losses; zero where neither is known.
/// Requires: devices are read.
void read_nodes(Reading& reading);

// read_software

/// Reads `stacks` and `priors`; once all are right, what each device attains. Priors of every class
/// are required as soon as there is something to compute: a reference. Requires: devices are read.
void read_software(Reading& reading);

// read_maturity

/// Reads `maturation` and `maturities`. Requires: stacks are read.
void read_maturation(Reading& reading);

// read_served_models

/// Reads `served_models` of `choice`. Requires: reference and what serving attains are read.
void read_served_models(Reading& reading, const Cursor& choice);

/// Sets what every device on sale does on the models that are served. Requires: everything that
/// these depend on was read without an error.
void weigh_served_models(World& world);

// read_workload

/// Reads `transformers`.
void read_transformers(Reading& reading);

/// Reads `reference`, which is required where there are sites. Requires: devices are read.
void read_reference(Reading& reading);

/// Worth of every device in reference devices; all but TPP is zero where a peak or the memory is
/// not known. Requires: everything that these depend on was read without an error.
std::vector<DeviceWorth> worth_of_devices(const Reading& reading);

/// Sets what serving attains on each device: by the engine of its stack, and where that is borrowed
/// by how the stack's fractions stand to those of the reference's. Reports a reference device of
/// which no group holds the reference's model.
void read_serving(Reading& reading);

// read_serving_engines

/// Reads serving engines, their coefficients and how far their predictions were from measurements.
void read_serving_engines(Reading& reading);

// read_reliability

/// Reads how often runs on some devices stop, how they go on, and whether training jobs do.
/// Requires: software is read.
void read_reliability(Reading& reading);

// read_redesign

/// Reads `design_knobs` and `redesign`. Requires: devices, software and the reference are read.
void read_redesign(Reading& reading);

// read_items

/// What rules look at: an item for every device, and those that are written for rules alone. Needs
/// orgs and devices; before rules, so that they know the types there are.
void read_items(Reading& reading);

// read_quotas

/// Quotas, and the sales at home that some of them count. Needs rules and exceptions.
void read_quotas(Reading& reading);

// read_outlooks

/// Checks what rules may yet come. Nothing of it enters the world: draws make rules of it. Needs
/// read_policy().
void check_outlooks(Reading& reading);

// read_cluster

/// Reports at field `node` of `at` what is not known of a device that somebody is to compute with:
/// a peak, its memory, its bandwidth, or the power of its node.
void check_pool_device(const Reading& reading, const Cursor& at, NodeTypeId node, DeviceId device);

/// Reads `sites` with their pools and stocks. Requires: nodes are read.
void read_sites(Reading& reading);

// read_pool_changes

/// The `changes` that a site states. Requires: its pools are read.
std::vector<SiteChange> read_pool_changes(Reading& reading, const Cursor& site);

// read_network

/// Reads `exchanges` and `links`.
void read_network(Reading& reading);

// read_market

/// The paces from dates on that the list `field` of `at` holds. Reports dates that do not increase.
std::vector<Output> read_schedule(Reading& reading, const Cursor& at, const std::string& field,
                                  const google::protobuf::RepeatedPtrField<pb::Output>& written);

/// Reads `supplies`, `orders` and `market`. Requires: devices and sites are read.
void read_market(Reading& reading);

// read_supply

/// Reads `supply_stages`, `supply_flows`, `supply_components`, `bills` and `contracts`.
/// Requires: devices, orgs and items are read.
void read_supply(Reading& reading);

// read_kernels

/// Reads versions of stacks with what they have kernels for, and what an operator without one
/// costs.
void read_kernels(Reading& reading);

// read_buyers

/// Reads `offers`, `buyers`, `choice` and `grey_routes`, and gives every buyer a blanket order for
/// every device that is on sale where its site stands. Requires: supplies and orders are read.
void read_buyers(Reading& reading);

// read_history

/// Reads `observation_series`: what was published, and which deliveries each source counts.
/// Requires: devices and orgs are read.
void read_history(Reading& reading);

// read_evasion

/// Reads `market.diversion` and `market.renting`: both off where they are not written. Requires:
/// names are taken down.
void read_evasion(Reading& reading);

// read_jobs

/// Reads `training_jobs`. Requires: transformers, sites and links are read.
void read_training_jobs(Reading& reading);

/// Reads `services` and adds their shares to the pools. Requires: as above.
void read_services(Reading& reading);

}  // namespace chokepoint
