#include "tools/network/collective_question.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/scenario/reading/cursor.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "sim/scenario/text/spelling.hpp"

namespace chokepoint {
namespace {

constexpr double kMostBytes = 1e15;
constexpr std::uint32_t kMostDevices = 65'536;

const std::pair<const char*, double> kByteUnits[] = {{"", 1},
                                                     {"B", 1},
                                                     {"kB", 1e3},
                                                     {"MB", 1e6},
                                                     {"GB", 1e9},
                                                     {"TB", 1e12},
                                                     {"KiB", 1024},
                                                     {"MiB", 1024.0 * 1024},
                                                     {"GiB", kBytesPerGib},
                                                     {"TiB", kBytesPerGib * 1024}};

std::vector<std::string> kind_names() {
  std::vector<std::string> names;
  for (const CollectiveKind kind : kCollectiveKinds) names.emplace_back(name_of(kind));
  return names;
}

std::optional<CollectiveKind> kind_in(const std::string& text, CollectiveRefusal& refusal) {
  const auto kind = collective_named(text);
  if (!kind) {
    refusal = {
        "no collective is called " + in_quotes(text),
        did_you_mean(
            text, kind_names(),
            "say all-reduce, reduce-scatter, all-gather, all-to-all, broadcast or point-to-point")};
  }
  return kind;
}

std::optional<Bytes> bytes_in(const std::string& text, CollectiveRefusal& refusal) {
  const auto bytes = read_bytes(text);
  if (!bytes) {
    refusal = {in_quotes(text) + " is no number of bytes",
               "write such as 1GiB, 64MB or 1e9, from 1 byte to 1 PB"};
  }
  return bytes;
}

std::optional<std::uint32_t> count_in(const std::string& text) {
  if (text.empty() || text.size() > 6) return std::nullopt;
  if (!std::ranges::all_of(text, [](char c) { return '0' <= c && c <= '9'; })) return std::nullopt;
  return static_cast<std::uint32_t>(std::stoul(text));
}

std::vector<std::string> parts_of(const std::string& text) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == ':') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

// What nobody states of the links of a pool's servers.
bool has_links(const Cursor& at, const NodeSpec& node) {
  const auto lacks = [&](const char* what, const char* field) {
    at.error("node", concat("nothing is known of ", what, " of node ", in_quotes(node.name)),
             concat("give ", field, " in the node or its device"));
    return false;
  };
  bool is_whole = true;
  if (!node.links.scaleup) is_whole = lacks("scale-up links", "scaleup_bidirectional_gb_s");
  if (!node.links.domain) is_whole = lacks("the scale-up domain", "scaleup_domain_size");
  if (!node.links.scaleout) is_whole = lacks("network cards", "scaleout_gbit_s");
  if (node.links.shape == ScaleupShape::Ring) {
    at.error("node", "routes in a scale-up ring are not modelled",
             "take servers with a switch or a mesh");
    is_whole = false;
  }
  return is_whole;
}

NetworkPool pool_of(const World& world, PoolId id, const CollectiveQuestion& question,
                    const NetworkDesign& design) {
  const Pool& pool = world.pools[id.value];
  const NodeSpec& node = world.nodes[pool.node.value];
  NetworkPool made{pool.name, &node, &world.devices[node.device.value], {}, false, false};
  ServerGroup& servers = made.servers;
  servers.server_devices = static_cast<std::uint32_t>(node.devices_per_node);
  servers.devices = question.servers ? *question.servers * servers.server_devices
                                     : static_cast<std::uint32_t>(devices_of(world, id));
  servers.domain = static_cast<std::uint32_t>(node.links.domain->value);
  made.shape_is_stated = node.links.shape.has_value();
  servers.shape = node.links.shape.value_or(ScaleupShape::Switched);
  // What was measured inside a server, where that is all of the domain.
  made.scaleup_is_measured = node.measured_allreduce && servers.domain <= servers.server_devices;
  servers.scaleup = made.scaleup_is_measured ? node.measured_allreduce->value
                                             : node.links.scaleup->value * design.scaleup_attained;
  servers.scaleout = node.links.scaleout->value * design.scaleout_attained;
  servers.site = pool.site.value;
  return made;
}

std::optional<NetworkDesign> design_for(const CollectiveQuestion& question,
                                        const std::vector<NetworkDesign>& designs,
                                        CollectiveRefusal& refusal) {
  std::vector<std::string> names;
  names.reserve(designs.size());
  for (const NetworkDesign& design : designs) names.push_back(design.name);
  const auto found = std::ranges::find(designs, question.network, &NetworkDesign::name);
  if (found == designs.end()) {
    refusal = {"no network is called " + in_quotes(question.network),
               did_you_mean(question.network, names, "there are " + listed(names))};
    return std::nullopt;
  }
  NetworkDesign design = *found;
  if (question.oversubscription) design.scaleout.oversubscription = *question.oversubscription;
  if (question.leaf_ports) design.scaleout.leaf_ports = *question.leaf_ports;
  return design;
}

// All jobs of a question; nothing after a refusal.
bool read_jobs(const CollectiveQuestion& question, CollectiveSubject& subject,
               CollectiveRefusal& refusal) {
  const auto kind = kind_in(question.kind, refusal);
  const auto bytes = kind ? bytes_in(question.bytes, refusal) : std::nullopt;
  if (!bytes) return false;
  subject.asked = {*kind, *bytes, question.devices, question.first, question.stride};
  for (const std::string& text : question.beside) {
    const auto job = read_job(text, refusal);
    if (!job) return false;
    subject.beside.push_back(*job);
  }
  return true;
}

// Devices that are asked for from the first on, where the question names no number.
void fill_devices(CollectiveSubject& subject) {
  std::uint32_t there = 0;
  for (const NetworkPool& pool : subject.pools) there += pool.servers.devices;
  CollectiveJob& asked = subject.asked;
  if (asked.devices > 0 || asked.first >= there) return;
  asked.devices = (there - asked.first - 1) / asked.stride + 1;
}

}  // namespace

std::optional<Bytes> read_bytes(const std::string& text) {
  // Decimals alone: the library would take "0x10" and "inf" as well.
  const std::string digits = text.substr(0, text.find_first_not_of("0123456789.e+-"));
  std::size_t read = 0;
  double number = 0;
  try {
    number = std::stod(digits, &read);
  } catch (const std::exception&) {
    return std::nullopt;
  }
  if (read != digits.size()) return std::nullopt;
  while (read < text.size() && text[read] == ' ') ++read;
  const std::string unit = text.substr(read);
  const auto known =
      std::ranges::find_if(kByteUnits, [&](const auto& u) { return unit == u.first; });
  if (known == std::end(kByteUnits)) return std::nullopt;
  const double bytes = number * known->second;
  return bytes >= 1.0 && bytes <= kMostBytes ? std::optional(Bytes{bytes}) : std::nullopt;
}

std::optional<CollectiveJob> read_job(const std::string& text, CollectiveRefusal& refusal) {
  const std::vector<std::string> parts = parts_of(text);
  if (parts.size() < 3 || parts.size() > 5) {
    refusal = {in_quotes(text) + " is no job",
               "write KIND:BYTES:DEVICES[:FIRST[:STRIDE]], such as all-reduce:1GiB:64:0:8"};
    return std::nullopt;
  }
  const auto kind = kind_in(parts[0], refusal);
  const auto bytes = kind ? bytes_in(parts[1], refusal) : std::nullopt;
  if (!bytes) return std::nullopt;
  std::uint32_t counts[] = {0, 0, 1};
  for (std::size_t i = 2; i < parts.size(); ++i) {
    const auto count = count_in(parts[i]);
    if (!count || *count > kMostDevices || (*count == 0 && i != 3)) {
      refusal = {in_quotes(parts[i]) + " in " + in_quotes(text) + " counts no devices",
                 concat("write whole numbers up to ", double(kMostDevices))};
      return std::nullopt;
    }
    counts[i - 2] = *count;
  }
  return CollectiveJob{*kind, *bytes, counts[0], counts[1], counts[2]};
}

std::vector<std::uint32_t> devices_of(const CollectiveJob& job) {
  std::vector<std::uint32_t> made(job.devices);
  for (std::uint32_t i = 0; i < job.devices; ++i) made[i] = job.first + i * job.stride;
  return made;
}

std::optional<std::variant<CollectiveSubject, CollectiveRefusal>> understand(
    const CollectiveQuestion& question, const std::filesystem::path& root,
    std::optional<Cluster>& cluster, Diagnostics& found) {
  CollectiveSubject subject;
  CollectiveRefusal refusal;
  if (!read_jobs(question, subject, refusal)) return refusal;
  const auto designs = load_network_designs(root, found);
  std::vector<Assignment> sets;
  for (const std::string& set : question.sets) sets.push_back(parse_assignment(set).value());
  cluster = load_cluster(question.cluster, sets, root, found);
  if (!cluster || found.has_errors()) return std::nullopt;
  const auto design = design_for(question, designs, refusal);
  if (!design) return refusal;
  subject.design = *design;
  const World& world = cluster->world;
  const Cursor at(cluster->composed, found);
  int within = 0;  // Of the pools of one site.
  for (std::uint32_t i = 0; i < world.pools.size(); ++i) {
    const SiteId site = world.pools[i].site;
    within = i > 0 && world.pools[i - 1].site == site ? within + 1 : 0;
    const Cursor pool_at = at.child("sites", static_cast<int>(site.value)).child("pools", within);
    if (!has_links(pool_at, world.nodes[world.pools[i].node.value])) continue;
    NetworkPool pool = pool_of(world, PoolId{i}, question, *design);
    if (pool.servers.devices == 0) continue;
    subject.spec.groups.push_back(pool.servers);
    subject.pools.push_back(std::move(pool));
  }
  if (found.has_errors()) return std::nullopt;
  subject.spec.scaleout = design->scaleout;
  for (const LinkSpec& link : world.links) {
    subject.spec.lines.push_back(
        {link.a.value, link.b.value, link.bandwidth.value, link.latency.value});
  }
  fill_devices(subject);
  const std::string complaint = network_complaint(subject.spec);
  if (!complaint.empty()) {
    return CollectiveRefusal{complaint, "join the sites of the cluster by links"};
  }
  return subject;
}

std::optional<CollectiveRefusal> refusal_of(const CollectiveJob& job,
                                            const ClusterNetwork& network) {
  const std::uint32_t there = network.graph().devices();
  if (job.devices < 2) return CollectiveRefusal{"one device exchanges nothing", "name two or more"};
  const std::uint64_t end = job.first + std::uint64_t{job.devices - 1} * job.stride + 1;
  if (end > there) {
    const std::uint32_t most = job.first < there ? (there - job.first - 1) / job.stride + 1 : 0;
    return CollectiveRefusal{
        concat(double(job.devices), " devices from ", double(job.first), " on, ",
               double(job.stride), " apart, end at ", double(end - 1), "; the cluster has ",
               double(there)),
        concat("take up to ", double(most), ", or more servers with --servers"), true};
  }
  const std::string complaint = group_complaint(network, devices_of(job));
  if (complaint.empty()) return std::nullopt;
  // Whole domains from the first device of the job on.
  std::uint32_t in_first = 1;
  while (in_first < job.devices && network.place(job.first + in_first * job.stride).domain ==
                                       network.place(job.first).domain) {
    ++in_first;
  }
  const std::uint32_t less = job.devices / in_first * in_first;
  return CollectiveRefusal{
      complaint + ": closed forms need as many of each",
      concat("take ", double(less), " or ", double(less + in_first), " devices")};
}

}  // namespace chokepoint
