// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/Yaml.h"

#include "event/Json.h"

#include <QObject>
#include <QRegularExpression>
#include <algorithm>
#include <exception>
#include <istream>
#include <map>
#include <optional>
#include <streambuf>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

namespace octotrail::detect {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::size_t maxBytes = std::size_t{1} << 20;
constexpr std::size_t maxNodes = 50'000;
constexpr std::size_t maxDepth = 40;

/// Thrown through the parser, which knows no other way to be stopped.
struct Stopped : std::exception
{
    explicit Stopped(Problem what)
        : problem(std::move(what))
    { }
    Problem problem;
};

std::size_t sizeOf(const YamlNode &node)
{
    std::size_t size = 1;
    for (const YamlNode &item : node.items) {
        size += sizeOf(item);
    }
    return size;
}

std::size_t depthOf(const YamlNode &node)
{
    std::size_t depth = 0;
    for (const YamlNode &item : node.items) {
        depth = std::max(depth, depthOf(item));
    }
    return depth + 1;
}

/// YAML 1.2's core schema, which is what Sigma means.
bool isNullText(std::string_view text)
{
    return text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL";
}

class Builder : public YAML::EventHandler
{
public:
    std::vector<YamlNode> takeDocuments() { return std::move(m_documents); }

    void OnDocumentStart(const YAML::Mark & /*mark*/) override
    {
        m_anchors.clear();
        m_root = {};
    }
    void OnDocumentEnd() override { m_documents.push_back(std::move(m_root)); }

    void OnNull(const YAML::Mark &mark, YAML::anchor_t anchor) override
    {
        add(made(YamlNode::Kind::Null, mark), anchor);
    }
    void OnScalar(
        const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor, const std::string &value) override
    {
        // The parser tells plain scalars by the tag "?", others by "!".
        const bool isPlain = tag == "?";
        YamlNode node = made(YamlNode::Kind::Scalar, mark);
        node.text = value;
        node.isPlain = isPlain;
        if (isPlain && isNullText(value) && !isKeyNext()) {
            node = made(YamlNode::Kind::Null, mark);
        }
        add(std::move(node), anchor);
    }
    void OnAlias(const YAML::Mark &mark, YAML::anchor_t anchor) override
    {
        const auto named = m_anchors.find(anchor);
        if (named == m_anchors.end()) {
            stop(mark, QObject::tr("An alias refers to what contains it."));
        }
        const std::size_t size = sizeOf(named->second);
        count(size, mark);
        if (m_open.size() + depthOf(named->second) > maxDepth) {
            stopTooDeep(mark);
        }
        add(named->second, 0);
    }
    void OnSequenceStart(
        const YAML::Mark &mark, const std::string & /*tag*/, YAML::anchor_t anchor, YAML::EmitterStyle::value) override
    {
        open(made(YamlNode::Kind::Sequence, mark), anchor, mark);
    }
    void OnMapStart(
        const YAML::Mark &mark, const std::string & /*tag*/, YAML::anchor_t anchor, YAML::EmitterStyle::value) override
    {
        open(made(YamlNode::Kind::Map, mark), anchor, mark);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapEnd() override { close(); }

private:
    struct Open
    {
        YamlNode node;
        YAML::anchor_t anchor = 0;
        bool hasKey = false;
        std::string key;
        int keyLine = 0;
    };

    static int lineOf(const YAML::Mark &mark) { return mark.line + 1; }
    [[noreturn]] static void stop(const YAML::Mark &mark, QString reason)
    {
        throw Stopped({lineOf(mark), std::move(reason)});
    }
    [[noreturn]] static void stopTooDeep(const YAML::Mark &mark)
    {
        stop(mark, QObject::tr("The YAML is nested too deeply: at most %1 levels.").arg(maxDepth));
    }

    void count(std::size_t nodes, const YAML::Mark &mark)
    {
        m_nodes += nodes;
        if (m_nodes > maxNodes) {
            stop(mark, QObject::tr("The YAML is too large: more than %1 values, aliases included.").arg(maxNodes));
        }
    }

    YamlNode made(YamlNode::Kind kind, const YAML::Mark &mark)
    {
        count(1, mark);
        YamlNode node;
        node.kind = kind;
        node.line = lineOf(mark);
        return node;
    }

    bool isKeyNext() const { return !m_open.empty() && m_open.back().node.isMap() && !m_open.back().hasKey; }

    void open(YamlNode node, YAML::anchor_t anchor, const YAML::Mark &mark)
    {
        if (isKeyNext()) {
            stop(mark, QObject::tr("A key must be text, not a list or a map."));
        }
        if (m_open.size() >= maxDepth) {
            stopTooDeep(mark);
        }
        m_open.push_back({std::move(node), anchor, false, {}, 0});
    }

    void close()
    {
        Open done = std::move(m_open.back());
        m_open.pop_back();
        add(std::move(done.node), done.anchor);
    }

    void add(YamlNode node, YAML::anchor_t anchor)
    {
        if (anchor != 0) {
            m_anchors[anchor] = node;
        }
        if (m_open.empty()) {
            m_root = std::move(node);
            return;
        }
        Open &parent = m_open.back();
        if (!parent.node.isMap()) {
            parent.node.items.push_back(std::move(node));
            return;
        }
        if (!parent.hasKey) {
            if (!node.isScalar() && !node.isNull()) {
                throw Stopped({node.line, QObject::tr("A key must be text, not a list or a map.")});
            }
            if (std::ranges::find(parent.node.keys, node.text) != parent.node.keys.end()) {
                throw Stopped(
                    {node.line, QObject::tr("The key \"%1\" stands here twice.").arg(node.string().left(100))});
            }
            parent.hasKey = true;
            parent.key = std::move(node.text);
            parent.keyLine = node.line;
            return;
        }
        parent.hasKey = false;
        parent.node.keys.push_back(std::move(parent.key));
        parent.node.keyLines.push_back(parent.keyLine);
        parent.node.items.push_back(std::move(node));
    }

    std::vector<YamlNode> m_documents;
    YamlNode m_root;
    std::vector<Open> m_open;
    std::map<YAML::anchor_t, YamlNode> m_anchors;
    std::size_t m_nodes = 0;
};

/// Reads from a text without copying it.
struct TextBuffer : std::streambuf
{
    explicit TextBuffer(std::string &text) { setg(text.data(), text.data(), text.data() + text.size()); }
};

/// What YAML 1.2's core schema takes for a boolean or a number, as JSON writes it. Digits behind a zero are a text:
/// they are an identifier that nobody counts with.
std::optional<std::string> booleanOrNumber(const YamlNode &node)
{
    if (!node.isPlain) {
        return std::nullopt;
    }
    if (node.text == "true" || node.text == "True" || node.text == "TRUE") {
        return "true";
    }
    if (node.text == "false" || node.text == "False" || node.text == "FALSE") {
        return "false";
    }
    static const QRegularExpression hexadecimal(QStringLiteral("\\A0x[0-9a-fA-F]{1,15}\\z"));
    static const QRegularExpression decimal(
        QStringLiteral("\\A([-+]?)(\\.[0-9]+|(?:0|[1-9][0-9]*)(?:\\.[0-9]*)?)((?:[eE][-+]?[0-9]+)?)\\z"));
    const QString text = node.string();
    if (hexadecimal.match(text).hasMatch()) {
        return std::to_string(text.toLongLong(nullptr, 16));
    }
    const auto match = decimal.match(text);
    bool isFinite = false;
    text.toDouble(&isFinite);
    if (!match.hasMatch() || !isFinite) {
        return std::nullopt;
    }
    QString number = match.captured(2);
    number = (number.startsWith(u'.') ? u"0"_s : QString()) + number + (number.endsWith(u'.') ? u"0"_s : QString());
    return ((match.captured(1) == u"-"_s ? u"-"_s : QString()) + number + match.captured(3)).toStdString();
}

void writeJson(const YamlNode &node, std::string &out)
{
    switch (node.kind) {
    case YamlNode::Kind::Null:
        out += "null";
        return;
    case YamlNode::Kind::Scalar:
        out += booleanOrNumber(node).value_or(event::quoteJson(node.text));
        return;
    case YamlNode::Kind::Sequence:
        out += '[';
        for (std::size_t i = 0; i < node.items.size(); ++i) {
            out += i == 0 ? "" : ",";
            writeJson(node.items[i], out);
        }
        out += ']';
        return;
    case YamlNode::Kind::Map:
        out += '{';
        for (std::size_t i = 0; i < node.items.size(); ++i) {
            out += i == 0 ? "" : ",";
            out += event::quoteJson(node.keys[i]);
            out += ':';
            writeJson(node.items[i], out);
        }
        out += '}';
        return;
    }
}

} // namespace

const YamlNode *YamlNode::find(std::string_view key) const
{
    const auto it = std::ranges::find(keys, key);
    return it == keys.end() ? nullptr : &items[static_cast<std::size_t>(it - keys.begin())];
}

QStringList YamlNode::strings() const
{
    QStringList list;
    if (isScalar()) {
        list.append(string());
    }
    if (isSequence()) {
        for (const YamlNode &item : items) {
            if (item.isScalar()) {
                list.append(item.string());
            }
        }
    }
    return list;
}

Checked<std::vector<YamlNode>> readYaml(std::string_view text)
{
    if (text.size() > maxBytes) {
        return problem(0, QObject::tr("The file is larger than a rule can be: at most 1 MB."));
    }
    std::string copy(text);
    TextBuffer buffer(copy);
    std::istream stream(&buffer);
    Builder builder;
    try {
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(builder)) { }
        return builder.takeDocuments();
    } catch (const Stopped &stopped) {
        return tl::unexpected(stopped.problem);
    } catch (const YAML::Exception &error) {
        return problem(error.mark.is_null() ? 0 : error.mark.line + 1,
            QObject::tr("This is no valid YAML: %1.").arg(QString::fromStdString(error.msg)));
    } catch (const std::exception &error) {
        return problem(0, QObject::tr("This is no valid YAML: %1.").arg(QString::fromUtf8(error.what())));
    }
}

std::string toJson(const YamlNode &node)
{
    std::string json;
    writeJson(node, json);
    return json;
}

} // namespace octotrail::detect
