// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "event/Unfold.h"

#include <QTest>

using namespace octotrail::event;

/// Documents that Okta writes into texts, taken apart.
class TestUnfold : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void printedMaps_data();
    void printedMaps();
    void textsInEvents();
    void hostileTextsAreLeft();
};

namespace {

/// {a: x, b: {c: y}, d: [1, 2]} with everything a text.
std::string drawn(const JsonNode &node)
{
    const bool isArray = node.kind == JsonNode::Kind::Array;
    if (node.kind != JsonNode::Kind::Object && !isArray) {
        return node.text;
    }
    std::string out = isArray ? "[" : "{";
    for (const JsonNode &child : node.children) {
        out += (out.size() > 1 ? "; " : "") + (isArray ? std::string() : child.key + ": ") + drawn(child);
    }
    return out + (isArray ? "]" : "}");
}

const JsonNode *childOf(const JsonNode &node, std::string_view key)
{
    for (const JsonNode &child : node.children) {
        if (child.key == key) {
            return &child;
        }
    }
    return nullptr;
}

} // namespace

void TestUnfold::printedMaps_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *text, const char *expected) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(expected);
    };
    row("{level=LOW}", "{level: LOW}");
    row("{reasons=Anomalous Location, New Device, level=HIGH}",
        "{reasons: Anomalous Location, New Device; level: HIGH}");
    row("{New Geo-Location=NEGATIVE, New City=POSITIVE}", "{New Geo-Location: NEGATIVE; New City: POSITIVE}");
    row("{a={b=c, d=e}, f=[1, 2]}", "{a: {b: c; d: e}; f: [1; 2]}");
    row("{url=https://x.example/?a=b&c=d}", "{url: https://x.example/?a=b&c=d}");
    row("{empty=, list=[]}", "{empty: ; list: []}");
    row("{}", "{}");
    row("{a=b", "");
    row("{nothing}", "");
    row("{a={b}", "");
    row("a=b", "");
    row("", "");
}

void TestUnfold::printedMaps()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, expected);
    const auto map = readPrintedMap(text.toStdString());
    QCOMPARE(QByteArray::fromStdString(map ? drawn(*map) : std::string()), expected);
}

void TestUnfold::textsInEvents()
{
    auto tree
        = readTree(R"({"displayMessage":"{a=b}","debugContext":{"debugData":{"risk":"{level=HIGH}",)"
                   R"("logOnlySecurityData":"{\"risk\":{\"level\":\"LOW\"},\"behaviors\":{\"New IP\":\"POSITIVE\"}}",)"
                   R"("tunnels":"[{\"type\":\"VPN\",\"operator\":\"{x=y}\"}]","url":"/a?{b}"}}})");
    QVERIFY(tree);
    unfoldTexts(*tree);
    // Maps only where Okta writes them.
    QVERIFY(childOf(*tree, "displayMessage")->children.empty());
    const JsonNode &data = *childOf(*childOf(*tree, "debugContext"), "debugData");
    const JsonNode *risk = childOf(data, "risk");
    QCOMPARE(risk->kind, JsonNode::Kind::String);
    QCOMPARE(risk->text, "{level=HIGH}");
    QCOMPARE(childOf(*risk, "level")->text, "HIGH");
    const JsonNode *behaviors = childOf(*childOf(data, "logOnlySecurityData"), "behaviors");
    QCOMPARE(childOf(*behaviors, "New IP")->text, "POSITIVE");
    const JsonNode &tunnel = childOf(data, "tunnels")->children.front();
    QCOMPARE(childOf(*childOf(tunnel, "operator"), "x")->text, "y");
    QVERIFY(childOf(data, "url")->children.empty());
}

void TestUnfold::hostileTextsAreLeft()
{
    // Deep nesting ends, and large texts stay what they are.
    std::string deep;
    for (int i = 0; i < 10'000; ++i) {
        deep += "{a=";
    }
    deep += std::string(10'000, '}');
    QVERIFY(readPrintedMap(deep));
    JsonNode root;
    root.kind = JsonNode::Kind::Object;
    JsonNode data;
    data.key = "debugData";
    data.kind = JsonNode::Kind::Object;
    JsonNode large;
    large.kind = JsonNode::Kind::String;
    large.text = "{a=" + std::string(1U << 20U, 'x') + "}";
    data.children.push_back(large);
    root.children.push_back(data);
    unfoldTexts(root);
    QVERIFY(root.children[0].children[0].children.empty());
}

QTEST_GUILESS_MAIN(TestUnfold)
#include "tst_unfold.moc"
